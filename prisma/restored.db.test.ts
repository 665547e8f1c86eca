import { execFile, execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { formOf, picture } from "@/testing/papers";
import { as } from "@/testing/records";

// A dump is what a backup is: whoever has it and no keys reads no person, and whoever has both has everything.
const hasPgDump = ["pg_dump", "pg_restore"].every((program) => spawnSync(program, ["--version"]).status === 0); // prettier-ignore
const run = promisify(execFile);
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const { putRoster } = await import("@/lib/features/rosters/commands");
const { postNotice, sayOfNotice } = await import("@/lib/features/papers/commands");
const { file: fileHousehold, TODAY } = await import("@/testing/households");
const attachments = await import("@/app/api/v1/disbursements/[id]/attachments/route");
const KEYS = { field: process.env["NUANZHANG_FIELD_KEYS"] ?? "", index: process.env["NUANZHANG_INDEX_KEYS"] ?? "" }; // prettier-ignore

const SAID = {
  name: "旦增标记甲",
  idNumber: "639901198001010014",
  phone: "13909719871",
  payee: "索南标记乙",
  account: "6228480000000000018",
  note: "标记丙病",
};
const FILED = { name: "南加标记丁", phone: "13909719872", health: "标记戊症" };
const ADDRESS = "标记庚巷";
const OBJECTION = "标记辛已经领过";
const MARKS = [...Object.values(SAID), ...Object.values(FILED), ADDRESS, OBJECTION];
const forms = (text: string) => [text, Buffer.from(text).toString("hex"), Buffer.from(text).toString("base64").replace(/=+$/, "")]; // prettier-ignore
const hits = (text: string) => MARKS.filter((mark) => forms(mark).some((form) => text.includes(form))); // prettier-ignore

const copy = `restored_${Date.now()}_${randomBytes(4).toString("hex")}`;
const dump = join(tmpdir(), `${copy}.dump`);
const inCopy = (url: string) => Object.assign(new URL(url), { pathname: `/${copy}` }).toString();
let clerk: TestPerson;
let now = new Date(0);
let record = "";
let household = "";
let attachment = "";
let sha256 = "";

async function administer(statement: string) {
  const client = new pg.Client({ connectionString: Object.assign(new URL(database.ownerUrl), { pathname: "/postgres" }).toString() }); // prettier-ignore
  await client.connect();
  await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  const draft = await as(clerk).create({
    amountFen: "60000",
    counts: { persons: 1 },
    shares: [{ fundSource: "county-union", amountFen: "60000" }],
  });
  record = draft.id;
  const input = { version: draft.version, lines: [{ ...SAID, amountFen: "60000" }] };
  await as(clerk).write((c) => putRoster({ ...c, id: record, input }));
  household = (
    await fileHousehold(clerk, {
      address: ADDRESS,
      members: [{ relation: "self", idNumber: "639901198001010022", ...FILED }],
    })
  ).id;
  // the database's own day: a notice is of a day that has come
  now = (await owner.query<{ now: Date }>("SELECT now()")).rows[0]?.now ?? now;
  const today = civilDateInChina(now);
  const { notices } = await as(clerk, now).write((c) =>
    postNotice({
      ...c,
      id: record,
      input: { place: "公示栏", telephone: "0971", postedOn: today },
    }),
  );
  const notice = notices[0]?.id ?? "";
  await as(clerk, now).write((c) => sayOfNotice({ ...c, id: notice, input: { on: today, words: OBJECTION } })); // prettier-ignore
  const { body, headers } = await formOf({ kind: "photo" }, await picture(3));
  const added = await call(attachments.POST, clerk, { method: "POST", params: { id: record }, body, headers: { ...headers, "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
  expect(added.status).toBe(201);
  attachment = String(added.body["id"]);
  sha256 = String(added.body["sha256"]);
  if (!hasPgDump) return;
  execFileSync("pg_dump", ["-Fc", "-f", dump, database.ownerUrl]);
  await administer(`CREATE DATABASE ${copy}`);
  // who may sign in where is the cluster's, and stands already
  await run("pg_restore", ["--exit-on-error", "-d", inCopy(database.ownerUrl), dump]);
}, 180_000);
afterAll(async () => {
  rmSync(dump, { force: true });
  await administer(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
});

/** A server that is started on the restored database with these keys. */
async function startedWith(keys: { field: string; index: string }) {
  vi.stubEnv("NUANZHANG_FIELD_KEYS", keys.field);
  vi.stubEnv("NUANZHANG_INDEX_KEYS", keys.index);
  for (const name of [
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_SIGN_IN_URL",
    "DATABASE_WORKER_URL",
    "DATABASE_PUBLIC_URL",
  ])
    // prettier-ignore
    vi.stubEnv(name, inCopy(process.env[name] ?? ""));
  vi.resetModules();
  const { meetKeys } = await import("@/lib/platform/key-check");
  const { closeDb, readAs } = await import("@/lib/platform/db");
  const { getRoster } = await import("@/lib/features/rosters/queries");
  const { findHouseholds, getHousehold } = await import("@/lib/features/households/queries");
  const { getPapers } = await import("@/lib/features/papers/queries");
  const { getAttachmentFile } = await import("@/lib/features/attachments/queries");
  const reads = <T>(work: (c: Parameters<Parameters<typeof readAs>[1]>[0]) => Promise<T>) => readAs(clerk.session, work); // prettier-ignore
  return {
    meetKeys,
    roster: () => reads((c) => getRoster({ ...c, id: record })),
    household: () => reads((c) => getHousehold({ ...c, id: household, today: TODAY })),
    found: () =>
      reads((c) =>
        findHouseholds({
          ...c,
          today: TODAY,
          input: { name: FILED.name, code: null, idNumber: null },
        }),
      ),
    papers: () => reads((c) => getPapers({ ...c, now, id: record })),
    file: () => reads((c) => getAttachmentFile({ ...c, id: attachment, locale: "zh-CN" })),
    end: async () => {
      await closeDb();
      vi.unstubAllEnvs();
    },
  };
}

test.skipIf(!hasPgDump)("a dump names nobody, packed or as statements", async () => {
  expect(hits(readFileSync(dump).toString("latin1"))).toEqual([]);
  const { stdout } = await run("pg_restore", ["-f", "-", dump], { maxBuffer: 1 << 30 });
  expect(stdout).toContain("COPY public.roster_lines");
  expect(hits(stdout)).toEqual([]);
  // the same search finds what stands in the clear
  await as(clerk).create({ note: SAID.note });
  const clear = await run("pg_dump", [database.ownerUrl], { maxBuffer: 1 << 30 });
  expect(hits(clear.stdout)).toEqual([SAID.note]);
});

const WITHOUT = [
  ["other keys", { field: "a stranger's key that seals the fields", index: "a stranger's key that recognises anybody" }], // prettier-ignore
  ["the key of the indexes alone", { field: "a stranger's key that seals the fields", index: KEYS.index }], // prettier-ignore
] as const;
test.skipIf(!hasPgDump).each(WITHOUT)(
  "restored with %s it reads no person, and counts as before",
  async (_, keys) => {
    // prettier-ignore
    const server = await startedWith(keys);
    await expect(server.meetKeys()).rejects.toThrow(/lacks key .*readable without it/s);
    const roster = await server.roster();
    expect(roster.sums).toMatchObject({ lines: 1, documented: 1, amountFen: "60000", persons: 1 });
    expect(roster.lines?.[0]).toMatchObject({
      ...{ name: null, idNumber: null, phone: null, payee: null, account: null, note: null },
      ...{ unreadable: true, amountFen: "60000", persons: 1 },
    });
    const file = await server.household();
    const papers = await server.papers();
    expect(hits(JSON.stringify([roster, file, papers, await server.found()]))).toEqual([]);
    expect(file.unreadable).toBe(true);
    expect(papers.notices[0]).toMatchObject({ lines: 1, open: 1 });
    await expect(server.file()).rejects.toThrow();
    await server.end();
  },
);

test.skipIf(!hasPgDump)(
  "restored with none it does not start, and says which it wants",
  async () => {
    const server = await startedWith({ field: "", index: "" });
    await expect(server.meetKeys()).rejects.toThrow("NUANZHANG_FIELD_KEYS is missing");
    await expect(server.file()).rejects.toThrow();
    await server.end();
  },
);

test.skipIf(!hasPgDump)(
  "restored with its keys it has everything, and the chain stands",
  async () => {
    const server = await startedWith(KEYS);
    expect(await server.meetKeys()).toBe(false);
    const [roster, file, papers] = [await server.roster(), await server.household(), await server.papers()]; // prettier-ignore
    expect(roster.lines?.[0]).toMatchObject(SAID);
    expect(file).toMatchObject({ address: ADDRESS, unreadable: false, members: [FILED] });
    expect(JSON.stringify(papers)).toContain(OBJECTION);
    expect((await server.found()).items.map(({ id }) => id)).toEqual([household]);
    const { body } = await server.file();
    expect(createHash("sha256").update(body).digest("hex")).toBe(sha256);
    await server.end();
    const client = new pg.Client({ connectionString: inCopy(database.ownerUrl) });
    await client.connect();
    const { rows } = await client.query("SELECT guard.faults_of_records_are_as_audited() + guard.faults_of_subjects_are_as_audited() + guard.faults_of_seals_have_keys() AS n"); // prettier-ignore
    await client.end();
    expect(rows).toEqual([{ n: "0" }]);
  },
);
