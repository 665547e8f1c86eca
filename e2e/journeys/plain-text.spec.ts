import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Page } from "@playwright/test";
import type { ApiActor } from "@/e2e/actors/api";
import { answersTo, plainRecord, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { paper } from "@/testing/papers";

// Marked values in every field of a person, and then every page by everybody: none of them is in a page, its payload, an
// address, what a browser keeps or complains of, or what the server wrote into its log.

/** Words that nobody else types, another at each run. */
const mark = (head: string) => head + Array.from({ length: 3 }, () => "梵榕槿檀楠柘棠樨"[randomInt(8)]).join(""); // prettier-ignore
function madeNumber(): string {
  const seventeen = `63990119${randomInt(50, 99)}0${randomInt(1, 10)}${randomInt(10, 28)}${randomInt(100, 999)}`; // prettier-ignore
  return seventeen + checkDigitOf(seventeen);
}
const line = () => ({
  ...{
    name: mark("旦增"),
    idNumber: madeNumber(),
    phone: `139${randomInt(10_000_000, 99_999_999)}`,
  },
  ...{ payee: mark("索南"), account: `6228${randomInt(1e12, 9e12)}`, note: mark("病") },
});
const [paid, drafted] = [line(), line()];
const member = {
  ...{
    name: mark("南加"),
    idNumber: madeNumber(),
    phone: `138${randomInt(10_000_000, 99_999_999)}`,
  },
  ...{ health: mark("症"), workplace: mark("厂") },
};
const address = mark("巷");
const visit = { visitors: mark("员"), note: mark("访") };
const [bank, objection] = [mark("户名不符"), mark("领过")];
const MARKS = [
  ...[paid, drafted, member, visit].flatMap((fields) => Object.values(fields)),
  ...[address, bank, objection],
];
const forms = MARKS.flatMap((text) => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
  JSON.stringify(text).replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`).slice(1, -1), // prettier-ignore
]);
const hits = (text: string) => [...new Set(forms.filter((form) => text.includes(form)))];

type Places = { approved: string; draft: string; household: string };
const FEN = "60000";
const fields = {
  amountFen: FEN,
  counts: { persons: 1 },
  shares: [{ fundSource: "county-union", amountFen: FEN }],
};

async function plants(clerk: ApiActor, reviewer: ApiActor): Promise<Places> {
  const record = () => clerk.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  const named = async ({ id, version }: RecordAnswer, lines: object[]) => {
    await clerk.write("PUT", `/disbursements/${id}/roster`, { version, lines });
    return clerk.read<RecordAnswer>(`/disbursements/${id}`);
  };
  const [first, second] = [await record(), await record()];
  const sent = await named(first, [{ ...paid, amountFen: FEN }]);
  await named(second, [{ ...drafted, amountFen: FEN }]);
  const notice = { place: "一楼公示栏", telephone: "0971", postedOn: "2026-10-12" };
  const hung = await clerk.send("POST", `/disbursements/${second.id}/public-notices`, notice);
  const { notices } = (await hung.json()) as { notices: { id: string }[] };
  const said = await clerk.send("POST", `/public-notices/${notices[0]?.id ?? ""}/words`, { on: "2026-10-13", words: objection }); // prettier-ignore
  expect(said.status(), await said.text()).toBe(201);
  // a file that is called after somebody
  const file = { name: `${paid.name}${paid.idNumber}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(await paper(paid.phone)) }; // prettier-ignore
  await clerk.upload(`/disbursements/${first.id}/attachments`, { kind: "sign-off-sheet", signatures: "1", file }); // prettier-ignore
  const now = await clerk.read<RecordAnswer>(`/disbursements/${first.id}`);
  const up = await clerk.write<RecordAnswer>("POST", `/disbursements/${first.id}/submit`, { version: now.version, answers: answersTo(now) }); // prettier-ignore
  expect(sent.id).toBe(first.id);
  await reviewer.write("POST", `/disbursements/${first.id}/approve`, { version: up.version });
  await clerk.write("POST", `/disbursements/${first.id}/roster/payments`, {
    on: "2026-09-10",
    rows: [
      { account: paid.account, amountFen: FEN, result: "returned", reason: "other", words: bank },
    ],
  });
  const household = await clerk.write<{ id: string }>("POST", "/households", {
    ...{ organisation: "630123", filedOn: "2026-03-01", tier: "deep", kind: "urban" },
    ...{ level: "county", cause: "illness", address, members: [{ relation: "self", ...member }] },
  });
  const event = { version: 1, kind: "visit", on: "2026-11-01", ...visit };
  await clerk.write("POST", `/households/${household.id}/events`, event);
  return { approved: first.id, draft: second.id, household: household.id };
}

/** Every page there is, by its folder, of what was planted. */
function everyPage({ approved, draft, household }: Places): string[] {
  const home = join(import.meta.dirname, "../../app");
  const folders = readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(`page.tsx`))
    .map(
      (name) =>
        `/${name
          .split(sep)
          .filter((part) => !/^\(|^page\.tsx$/.test(part))
          .join("/")}`,
    );
  const ids = (path: string) =>
    path.startsWith("/households")
      ? [household]
      : path.startsWith("/disbursements") || path.startsWith("/entry")
        ? [approved, draft]
        : path.startsWith("/reports")
          ? ["four-seasons"]
          : ["1"];
  const pages = folders.flatMap((path) =>
    path.includes("[id]") ? ids(path).map((id) => path.replace("[id]", id)) : [path],
  );
  expect(pages.length).toBeGreaterThan(50);
  return pages.map((path) => path.replace("[year]", "2026"));
}

/** What a browser knows after a page was looked at: its address, what it asked for, what it keeps and complained of. */
function eavesdrops(page: Page) {
  const heard: string[] = [];
  page.on("request", (request) => heard.push(request.url(), JSON.stringify(request.headers())));
  page.on("console", (message) => heard.push(message.text()));
  page.on("framenavigated", (frame) => heard.push(frame.url()));
  return async () => {
    const kept = await page.evaluate(async () => {
      const caches_ = await caches.keys();
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      const history_ = JSON.stringify(history.state);
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, caches_, databases, history_, document.cookie, document.title]); // prettier-ignore
    });
    return heard.join("\n") + kept;
  };
}

const PEOPLE = ["clerk.huangyuan", "reviewer.xining", "clerk.qilian", "reviewer.haibei", "province", "auditor", "admin"]; // prettier-ignore

test("of what is known of a person nothing stands in a page, an address, a browser or a log", async ({
  at,
  over,
  request,
}) => {
  test.setTimeout(600_000);
  const places = await plants(await over("clerk.huangyuan"), await over("reviewer.xining"));
  const pages = everyPage(places);
  const statuses = new Map<string, number>();
  for (const username of [...PEOPLE, null]) {
    const http = username === null ? request : (await at(username)).page.request;
    for (const path of pages) {
      const answer = await http.get(path);
      statuses.set(`${username ?? "nobody"} ${path}`, answer.status());
      const text = (await answer.text()) + JSON.stringify(answer.headers()) + answer.url();
      expect(hits(text), `${path} to ${username ?? "nobody"}`).toEqual([]);
      // what a browser asks for when it goes from one page to another
      if (!/\d{2}|household/.test(path)) continue;
      const payload = await (await http.get(path, { headers: { RSC: "1" } })).text();
      expect(hits(payload), `${path} as payload to ${username ?? "nobody"}`).toEqual([]);
    }
  }
  // they were pages, and not refusals
  for (const path of [
    `/disbursements/${places.approved}/roster`,
    `/households/${places.household}`,
  ])
    expect(statuses.get(`clerk.huangyuan ${path}`), path).toBe(200);

  // looked at by those who read them: there, and in nothing that stays
  const read = [
    `/disbursements/${places.draft}/roster`,
    `/disbursements/${places.draft}/papers`,
    `/disbursements/${places.approved}`,
    `/disbursements/${places.approved}/roster`,
    `/households/${places.household}`,
  ];
  const shown: string[] = [];
  for (const username of ["clerk.huangyuan", "reviewer.xining", "auditor"]) {
    const { page } = await at(username);
    const heard = eavesdrops(page);
    for (const path of read) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      const fields = page.locator("input, textarea").evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)); // prettier-ignore
      shown.push(...hits((await page.locator("main").innerText()) + (await fields).join("\n")));
      expect(hits(await heard()), `${username} at ${path}`).toEqual([]);
    }
  }
  // the same search finds them where they may be seen
  expect(shown).toEqual(expect.arrayContaining([drafted.name, drafted.idNumber, objection, member.name])); // prettier-ignore

  const log = readFileSync(process.env["E2E_SERVER_LOG"] ?? "", "utf8");
  expect(log.length).toBeGreaterThan(0);
  expect(hits(log)).toEqual([]);
});
