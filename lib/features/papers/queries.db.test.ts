import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as ARCHIVE } from "@/app/api/v1/sign-sheets/archive/route";
import { putRoster } from "@/lib/features/rosters/commands";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculate, hasLibreOffice } from "@/testing/libreoffice";
import { readPdf } from "@/testing/pdf";
import { readArchive } from "@/testing/read-archive";
import { as } from "@/testing/records";
import { approvedRoster, draftedRoster, rosterLine } from "@/testing/rosters";
import { makeReceipts, makeSheets } from "./commands";
import { getSheetsArchive } from "./queries";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
});

async function textOf(base64: string) {
  const pages = readPdf(new Uint8Array(Buffer.from(base64, "base64")));
  return {
    pages: pages.length,
    text: pages.map((page) => page.text.replace(/\s/g, "")).join("\n"),
  };
}
const receipts = (id: string, lines: number[], why?: string) =>
  as(clerk).write((c) => makeReceipts({ ...c, id, locale: "zh-CN", input: { lines, why } }));
const told = async (name: string) =>
  (
    await owner.query<{ action: string; body: string }>(
      "SELECT action, body FROM audit_entries WHERE action = $1 OR subject_id = $1 ORDER BY position",
      [name],
    )
  ).rows;

describe("receipts", () => {
  test("two to a page, with name, both amounts and voucher; no document, no account", async () => {
    const lines = [
      rosterLine(0, { name: "才让卓玛", amountFen: "123456" }),
      rosterLine(1, { name: "马·伊卜拉欣", payee: "多杰", amountFen: "40000" }),
      rosterLine(2, { name: "扎西", amountFen: "50000" }),
    ];
    const { id } = await draftedRoster(clerk, lines);
    const file = await receipts(id, [1, 2, 3]);
    expect(file.name).toMatch(/^领款凭条-630123-2026-\d{6}\.pdf$/);
    const { pages, text } = await textOf(file.base64);
    expect(pages).toBe(2);
    for (const said of [
      "才让卓玛",
      "马·伊卜拉欣",
      "代领：多杰",
      "扎西",
      "1,234.56",
      capitalAmount(123_456n),
    ])
      expect(text, said).toContain(said);
    expect(text).toContain(`630123-2026-${id.padStart(6, "0")}，花名册第2行`);
    for (const secret of [lines[0]?.idNumber ?? "", "6228480000000000018"])
      expect(text).not.toContain(secret);
    const entries = await told("receipts");
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toMatch(/才让|扎西/);
    await expect(receipts(id, [4])).rejects.toMatchObject({ code: "VALIDATION" });
  });

  test("of what nobody edits any more a reason is asked, and each line counted like one that is shown", async () => {
    const id = await approvedRoster({ clerk, reviewer }, [rosterLine(0), rosterLine(1)]);
    await expect(receipts(id, [1])).rejects.toMatchObject({ fieldErrors: { why: [{ key: "required" }] } }); // prettier-ignore
    const { text } = await textOf((await receipts(id, [2], "发给本人留存")).base64);
    expect(text).toContain("花名册第2行");
    const { rows } = await owner.query("SELECT words, fields, lines FROM roster_reveals");
    expect(rows).toEqual([{ words: "发给本人留存", fields: ["name", "payee"], lines: 1 }]);
    expect(await told("roster.reveal")).toHaveLength(1);
    // the fifty of a day are those of every reveal
    await owner.query(
      `WITH r AS (INSERT INTO roster_reveals (user_id, disbursement_id, organisation_id, reason, words, fields, lines)
         SELECT user_id, disbursement_id, organisation_id, reason, words, fields, 50 FROM roster_reveals RETURNING id)
       INSERT INTO roster_reveal_lines (reveal_id, line_id) SELECT r.id, gen_random_uuid() FROM r, generate_series(1, 50)`,
    );
    await expect(receipts(id, [1], "发给本人留存")).rejects.toMatchObject({ code: "RATE_LIMITED" });
    for (const person of [reviewer, await actors.province()])
      await expect(
        as(person).write((c) =>
          makeReceipts({ ...c, id, locale: "zh-CN", input: { lines: [1], why: "复核" } }),
        ),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("sheets of many records", () => {
  const filter = { year: 2026, programme: ["golden-autumn"], organisation: ["632222"] };
  const made = (person: TestPerson) => as(person).write((c) => makeSheets({ ...c, filter }));

  test(
    "one zip of whole files, called by their numbers, whose hashes and sums are those of the ledger",
    { timeout: 180_000 },
    async () => {
      const [other, judge] = [await actors.clerk("632222"), await actors.reviewer("632222")];
      const approved = await approvedRoster({ clerk: other, reviewer: judge }, [rosterLine(0, { amountFen: "70001" }), rosterLine(1)]); // prettier-ignore
      const drafted = await draftedRoster(other, [
        rosterLine(2, { name: "卓玛措", amountFen: "30099" }),
      ]);
      await as(other).create({ amountFen: "100" });
      await expect(made(clerk)).rejects.toMatchObject({ code: "NOT_FOUND" });
      const first = await made(other);
      expect(first).toMatchObject({
        made: 2,
        lines: 3,
        amountFen: String(70_001 + 60_000 + 30_099),
      });
      // those that stand are not made again
      expect(await made(other)).toEqual({ ...first, made: 0 });
      expect(await told("disbursement.sheet")).toHaveLength(2);

      const format = hasLibreOffice ? "xlsx" : "pdf";
      const asked = () => call(ARCHIVE, other, { path: `/api/v1/sign-sheets/archive?ids=${first.sheets.join(",")}&format=${format}` }); // prettier-ignore
      const { body, name } = await as(other).read(async (c) => {
        const file = await getSheetsArchive({ ...c, ids: first.sheets, format, locale: "zh-CN" });
        return { ...file, body: Buffer.from(await new Response(file.body).arrayBuffer()) };
      });
      expect(name).toMatch(/^签领表-2笔-\d{4}-\d\d-\d\d\.zip$/);
      const files = readArchive(body);
      expect([...files.keys()].join()).not.toMatch(/才让|卓玛/);
      const manifest = JSON.parse(files.get("manifest.json")?.toString() ?? "") as {
        files: { name: string; sha256: string; amountFen: string }[];
      };
      expect([...files.keys()]).toEqual([
        ...manifest.files.map((file) => file.name),
        "manifest.json",
      ]);
      for (const file of manifest.files) {
        const bytes = files.get(file.name) ?? Buffer.of();
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
        if (!hasLibreOffice) continue;
        const grid = await calculate(new Uint8Array(bytes));
        const sum = grid.find(([text]) => text?.includes("合计"))?.[6];
        expect(Math.round(Number(sum) * 100)).toBe(Number(file.amountFen));
      }
      const stored = await owner.query<{ fen: string }>("SELECT amount_fen::text AS fen FROM disbursements WHERE id = ANY ($1) ORDER BY id", [[approved, drafted.id]]); // prettier-ignore
      expect(manifest.files.map(({ amountFen }) => amountFen)).toEqual(stored.rows.map(({ fen }) => fen)); // prettier-ignore

      expect((await asked()).status).toBe(200);
      const [entry] = await told("sign-sheets");
      expect(JSON.stringify(entry)).toContain(first.sheets.join(" "));
      const alone = (person: TestPerson) => call(ARCHIVE, person, { path: `/api/v1/sign-sheets/archive?ids=${first.sheets.join(",")}&format=pdf` }); // prettier-ignore
      expect([(await alone(judge)).status, (await alone(clerk)).status]).toEqual([403, 404]);
      // one list that was changed keeps all of them back
      await as(other).write((c) => putRoster({ ...c, id: drafted.id, input: { version: drafted.version, lines: [rosterLine(0, { amountFen: "30099" })] } })); // prettier-ignore
      const refused = await asked();
      expect([refused.status, refused.body.error?.code]).toEqual([409, "ROSTER_CHANGED"]);
    },
  );
});
