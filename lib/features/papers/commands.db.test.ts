import { beforeAll, describe, expect, test } from "vitest";
import { GET as SHEET_FILE } from "@/app/api/v1/sign-sheets/[id]/file/route";
import { GET as PAPERS } from "@/app/api/v1/disbursements/[id]/papers/route";
import { updateProgramme } from "@/lib/features/admin/commands";
import { listAdminProgrammes } from "@/lib/features/admin/queries";
import { putRoster } from "@/lib/features/rosters/commands";
import type { LineInput } from "@/lib/features/rosters/types";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculate, hasLibreOffice, printed } from "@/testing/libreoffice";
import { readPdf } from "@/testing/pdf";
import { as } from "@/testing/records";
import { closeNoticeAs, makeSheet, postNotice, sayOfNotice } from "./commands";
import { getNoticeFile, getPapers, getSheetFile } from "./queries";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;
/** The database's own: notices are of days that have come. */
let now: Date;
const dayBefore = (days: number) => new Date(now.getTime() - days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10); // prettier-ignore

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  province = await actors.province();
  now = (await owner.query<{ now: Date }>("SELECT now()")).rows[0]?.now ?? new Date(0);
  await owner.query(
    `INSERT INTO workday_years (year, source, rest_days, work_days)
     SELECT y, 'test', '{}', '{}' FROM generate_series(extract(year FROM now())::int - 1, extract(year FROM now())::int + 1) AS y
     ON CONFLICT DO NOTHING`,
  );
});

const numberOf = (n: number) => {
  const seventeen = `639901198002${String(n % 28 + 1).padStart(2, "0")}${String(n).padStart(3, "0")}`; // prettier-ignore
  return seventeen + checkDigitOf(seventeen);
};
const line = (n: number, more: Partial<LineInput> = {}): LineInput => ({
  name: `才让卓玛${"一二三四五六七八九十百千"[n] ?? ""}`,
  idNumber: numberOf(n),
  phone: "13900001234",
  account: "6228480000000000018",
  amountFen: String(60000 + n),
  ...more,
});

async function rostered(lines: LineInput[]) {
  const fen = lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n).toString();
  const draft = await as(clerk).create({
    amountFen: fen,
    counts: { persons: lines.length },
    shares: [{ fundSource: "county-union", amountFen: fen }],
  });
  const input = { version: draft.version, lines };
  return as(clerk).write((c) => putRoster({ ...c, id: draft.id, input }));
}

const doing = (person: TestPerson) => as(person, now);
const post = (id: string, postedOn: string) =>
  doing(clerk).write((c) =>
    postNotice({ ...c, id, input: { place: "一楼公示栏", telephone: "0971-1234567", postedOn } }),
  );

type File = typeof getSheetFile | typeof getNoticeFile;
const bytesOf = (file: File, id: string, format: "pdf" | "xlsx") =>
  doing(clerk).read(async (c) => (await file({ ...c, id, format, locale: "zh-CN" })).body);
const asked = (person: TestPerson, id: string) =>
  call(SHEET_FILE, person, { path: `/api/v1/sign-sheets/${id}/file?format=pdf`, params: { id } });

describe("sign-off sheets", () => {
  test("twelve people are two sheets; the file is theirs, adds up, and is gone with the roster it was of", async () => {
    const lines = Array.from({ length: 12 }, (_, n) => line(n));
    const { id, version } = await rostered(lines);
    const made = await doing(clerk).write((c) => makeSheet({ ...c, id }));
    const [sheet] = made.sheets;
    const total = lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n);
    expect(sheet).toMatchObject({ lines: 12, amountFen: total.toString(), current: true });
    const paper = sheet?.id ?? "";
    const pages = readPdf(await bytesOf(getSheetFile, paper, "pdf"));
    const text = pages.map((page) => page.text).join("\n");
    expect(pages).toHaveLength(2);
    expect(text).toContain(numberOf(0));
    expect(text).toContain("6228480000000000018");
    expect(text.replace(/\s/g, "")).toContain(capitalAmount(total));

    expect((await asked(clerk, paper)).status).toBe(200);
    for (const person of [reviewer, province])
      expect((await asked(person, paper)).status).toBe(403);
    const said = await owner.query(
      "SELECT action, body FROM audit_entries WHERE action = 'disbursement.sheet' OR subject_id = 'sign-sheet' ORDER BY position",
    );
    expect(said.rows.map(({ action }) => action as string)).toEqual([
      "disbursement.sheet",
      "export.create",
    ]);
    expect(JSON.stringify(said.rows)).not.toContain("6399");

    const input = { version, lines: [...lines.slice(1), line(13)] };
    await doing(clerk).write((c) => putRoster({ ...c, id, input }));
    const refused = await asked(clerk, paper);
    expect([refused.status, refused.body.error?.code]).toEqual([409, "ROSTER_CHANGED"]);
    expect((await doing(clerk).read((c) => getPapers({ ...c, id }))).sheets[0]?.current).toBe(false); // prettier-ignore
  });

  test.skipIf(!hasLibreOffice)(
    "opened in LibreOffice, its formulas come to the roster's sum, ten people a page",
    { timeout: 180_000 },
    async () => {
      const lines = Array.from({ length: 12 }, (_, n) => line(n));
      const { id } = await rostered(lines);
      const made = await doing(clerk).write((c) => makeSheet({ ...c, id }));
      const xlsx = await bytesOf(getSheetFile, made.sheets[0]?.id ?? "", "xlsx");
      const grid = await calculate(xlsx);
      const sums = grid.filter(([first]) => /合计|总计/.test(first ?? "")).map((row) => row[6]);
      const fen = (from: number, to: number) =>
        lines.slice(from, to).reduce((sum, { amountFen }) => sum + Number(amountFen ?? 0), 0);
      expect(sums.map((sum) => Math.round(Number(sum) * 100))).toEqual([
        fen(0, 10),
        fen(10, 12),
        fen(0, 12),
      ]);
      expect(grid.flat()).toContain(numberOf(0));
      expect(await printed(xlsx)).toHaveLength(2);
    },
  );
});

describe("a public notice", () => {
  test("says first characters and nothing by which anybody is found", async () => {
    const { id } = await rostered([line(0), line(1, { payee: "多杰", note: "住院" })]);
    const { notices } = await post(id, dayBefore(0));
    const bytes = await bytesOf(getNoticeFile, notices[0]?.id ?? "", "pdf");
    const text = readPdf(bytes)
      .map((page) => page.text)
      .join("\n");
    expect(text).toContain("才****");
    expect(text).toContain("0971-1234567");
    for (const secret of [
      "卓玛",
      numberOf(0),
      "13900001234",
      "6228480000000000018",
      "多杰",
      "住院",
    ])
      expect(text, secret).not.toContain(secret);
  });

  test("hangs, is objected to, answered and confirmed; what was said is for those who work there", async () => {
    const { id } = await rostered([line(2)]);
    const posted = await post(id, dayBefore(30));
    const notice = posted.notices[0]?.id ?? "";
    expect(posted.notices[0]).toMatchObject({ status: "posted", endKnown: true, mayConfirm: true });
    await expect(post(id, dayBefore(1))).rejects.toMatchObject({ code: "CONFLICT" });

    const on = dayBefore(20);
    const objected = await doing(reviewer).write((c) =>
      sayOfNotice({ ...c, id: notice, input: { on, words: "张三已经领过" } }),
    );
    expect(objected.notices[0]).toMatchObject({ status: "objected", open: 1, mayConfirm: false });
    const confirm = () =>
      doing(reviewer).write((c) => closeNoticeAs({ ...c, id: notice, input: { as: "confirmed" } }));
    await expect(confirm()).rejects.toMatchObject({ code: "NOTICE_OPEN" });

    const answers = objected.notices[0]?.objections?.[0]?.id ?? "";
    await doing(clerk).write((c) =>
      sayOfNotice({
        ...c,
        id: notice,
        input: { on: dayBefore(19), words: "是另一个人", answers, upheld: false },
      }),
    );
    const seen = (person: TestPerson) => call(PAPERS, person, { params: { id } });
    expect(JSON.stringify((await seen(reviewer)).body)).toContain("张三已经领过");
    expect(JSON.stringify((await seen(province)).body)).not.toContain("张三");
    const confirmed = await confirm();
    expect(confirmed.notices[0]).toMatchObject({ status: "confirmed", open: 0 });
    const stored = await owner.query("SELECT * FROM notice_words");
    expect(JSON.stringify(stored.rows)).not.toContain("张三");
  });

  test("one that was right takes the list down, and the corrected one hangs anew", async () => {
    const { id } = await rostered([line(3)]);
    const notice = (await post(id, dayBefore(30))).notices[0]?.id ?? "";
    const say = (input: Parameters<typeof sayOfNotice>[0]["input"]) =>
      doing(clerk).write((c) => sayOfNotice({ ...c, id: notice, input }));
    const { notices } = await say({ on: dayBefore(10), words: "不符合条件" });
    const answers = notices[0]?.objections?.[0]?.id ?? "";
    const right = await say({ on: dayBefore(9), words: "属实", answers, upheld: true });
    expect(right.notices[0]).toMatchObject({ status: "objected", upheld: 1, mayConfirm: false });
    const down = (reason: string | null) =>
      doing(clerk).write((c) =>
        closeNoticeAs({ ...c, id: notice, input: { as: "withdrawn", reason } }),
      );
    await expect(down(null)).rejects.toMatchObject({ code: "VALIDATION" });
    expect((await down("名单更正")).notices[0]).toMatchObject({ status: "withdrawn" });
    expect((await post(id, dayBefore(0))).notices[0]).toMatchObject({ status: "posted", mayConfirm: false }); // prettier-ignore
  });
});

describe("a programme that asks for a notice", () => {
  const confirmed = async (id: string) => {
    const notice = (await post(id, dayBefore(30))).notices[0]?.id ?? "";
    return doing(clerk).write((c) => closeNoticeAs({ ...c, id: notice, input: { as: "confirmed" } })); // prettier-ignore
  };
  const missing = async (id: string) =>
    (await doing(clerk).get(id)).findings
      .filter(({ rule }) => rule === "notice-missing")
      .map(({ level, field, values }) => [level, field, values]);
  const demand = async (year: number | null) => {
    const admin = await actors.admin();
    const programmes = (await as(admin).read(listAdminProgrammes)).items;
    const { code, version } = programmes.find((one) => one.code === "golden-autumn") ?? { code: "", version: 0 }; // prettier-ignore
    return as(admin).write((c) =>
      updateProgramme({ ...c, params: { code }, body: { version, noticeFromYear: year } }),
    );
  };

  test("takes nobody's record without the list that stands having been confirmed", async () => {
    const { id, version } = await rostered([line(4), line(5)]);
    const { programme } = await doing(clerk).get(id);
    expect(await missing(id)).toEqual([]);
    expect(programme).toBe("golden-autumn");
    await demand(2026);
    expect(await missing(id)).toEqual([
      ["hard", "notice", { state: "none", lines: 2, endsOn: "" }],
    ]);
    expect((await doing(clerk).read((c) => getPapers({ ...c, id }))).demanded).toBe(true);
    await expect(doing(clerk).submit({ id, version })).rejects.toMatchObject({ code: "FINDINGS" });

    const hangs = await post(id, dayBefore(30));
    expect(await missing(id)).toMatchObject([["hard", "notice", { state: "hanging", endsOn: hangs.notices[0]?.endsOn }]]); // prettier-ignore
    const input = { as: "confirmed" as const };
    await doing(clerk).write((c) => closeNoticeAs({ ...c, id: hangs.notices[0]?.id ?? "", input }));
    expect(await missing(id)).toEqual([]);

    // saved as it was: the list that was confirmed, and the sheets that were printed of it
    const sheet = await doing(clerk).write((c) => makeSheet({ ...c, id }));
    const same = { version, lines: [line(4), line(5)] };
    const kept = await doing(clerk).write((c) => putRoster({ ...c, id, input: same }));
    expect(await missing(id)).toEqual([]);
    expect((await asked(clerk, sheet.sheets[0]?.id ?? "")).status).toBe(200);

    // another person in the list: what was confirmed is of other lines
    const input6 = { version: kept.version, lines: [line(4), line(6, { amountFen: "60005" })] };
    const changed = await doing(clerk).write((c) => putRoster({ ...c, id, input: input6 }));
    expect(await missing(id)).toMatchObject([["hard", "notice", { state: "changed" }]]);
    await confirmed(id);
    const sent = await doing(clerk).submit(changed);
    expect(sent.status).toBe("submitted");
    expect((await doing(clerk).get(id)).findings.filter(({ rule }) => rule === "notice-missing")).toEqual([]); // prettier-ignore
    await demand(null);
  });

  test("asks nothing of records of earlier years, nor of those that name nobody", async () => {
    const named = await rostered([line(7)]);
    await demand(2027);
    expect((await doing(clerk).submit(named)).status).toBe("submitted");
    await demand(2026);
    const counted = await as(clerk).create({ amountFen: "100", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "100" }] }); // prettier-ignore
    expect((await doing(clerk).submit(counted)).status).toBe("submitted");
    await demand(null);
  });
});
