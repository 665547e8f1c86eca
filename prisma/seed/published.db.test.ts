import { readFileSync } from "node:fs";
import { parseCsvObjects } from "hucre";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/testing/database";
import type { Axis } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { SessionHash } from "./session";

const database = await testDatabase();
const { closeDb, readAs } = await import("@/lib/platform/db");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { seedReference } = await import("./reference");
const { seedPublished } = await import("./published");
const { openSession } = await import("./session");

const owner = new pg.Client({ connectionString: database.ownerUrl });
let auditor: SessionHash;

/** Read without the importer's own code: by hand, column by column. */
const { data: csv } = parseCsvObjects<Record<string, string>>(
  readFileSync(new URL("./data/published-2024.csv", import.meta.url), "utf8"),
  { header: true, typeInference: false },
);
const given = csv.filter((row) => row["form"] !== "budget");
const mutual = (row: Record<string, string>) => row["programme"] === "职工医疗互助";

/** 58.1万 written as published → fen, by moving the point through the text. */
function fenInWords(words: string): bigint {
  const [, whole = "", fraction = "", unit = ""] = /(\d+)(?:\.(\d+))?[余多]?(万)?/.exec(words.replace(/余/g, "")) ?? []; // prettier-ignore
  return BigInt(whole + fraction.padEnd(unit ? 6 : 2, "0"));
}
const fenOf = (row: Record<string, string>) => BigInt(`${row["amount_yuan"] || "0"}00`);
const sum = (rows: Record<string, string>[]) => rows.reduce((total, row) => total + fenOf(row), 0n);

const figures = (filter: FigureFilter, groupBy: readonly Axis[] = []) =>
  readAs(auditor, ({ db, scope }) =>
    queryFigures({ db, scope, filter: { year: 2024, ...filter }, groupBy }),
  );
const stored = async (text: string, values: unknown[] = []) =>
  (await owner.query<Record<string, unknown>>(text, values)).rows;

/** The owner's connection, lost for good after so many statements: a start that was killed. */
function cutOffAfter(statements: number): pg.Client {
  let left = statements;
  const query = (...args: Parameters<pg.Client["query"]>) => {
    left -= 1;
    if (left < 0) throw new Error("cut off");
    return owner.query(...args);
  };
  return { query } as unknown as pg.Client;
}

beforeAll(async () => {
  await owner.connect();
  await seedReference(owner);
  await expect(seedPublished(cutOffAfter(60))).rejects.toThrow("cut off");
  await seedPublished(owner);
  const { rows } = await owner.query<{ id: string }>(
    `WITH u AS (INSERT INTO users (username, name_zh, name_en) VALUES ('a', '甲', 'A') RETURNING id)
     INSERT INTO memberships (user_id, organisation_id, role)
     SELECT u.id, o.id, 'AUDITOR' FROM u, organisations o WHERE o.code = '630000' RETURNING user_id AS id`,
  );
  auditor = await openSession(owner, rows[0]?.id ?? "");
}, 180_000);
afterAll(async () => {
  await closeDb();
  await owner.end();
});

test("the amounts of the file are those that were published in words", () => {
  const valued = csv.filter((row) => row["amount_yuan"]);
  expect(valued.map((row) => [row["ref"], fenInWords(row["amount_as_published"] ?? "")])).toEqual(
    valued.map((row) => [row["ref"], fenOf(row)]),
  );
});

test("every row is one approved record, with its own amount, kind, wording, counts and period", async () => {
  const records = await stored(
    `SELECT d.source_ref, o.code, d.status, d.origin, d.fiscal_year, d.paid_on, d.month,
       d.period_from::text, d.period_to::text, d.amount_fen::text, d.amount_kind, d.amount_wording,
       d.persons, d.households, d.person_times, coalesce(d.packs, d.posts) AS items, d.source_citation
     FROM disbursements d JOIN organisations o ON o.id = d.organisation_id ORDER BY d.id`,
  );
  const number = (text: string | undefined) => (text ? Number(text) : null);
  expect(records).toEqual(
    given.map((row) => {
      const valued = row["amount_yuan"] !== "";
      const exact = row["amount_precision"] === "exact";
      const until = row["period"]?.split("/")[1];
      return {
        source_ref: row["ref"],
        code: row["org_code"],
        status: "APPROVED",
        origin: "PUBLISHED",
        fiscal_year: 2024,
        paid_on: null,
        month: 0,
        period_from: "2024-01-01",
        period_to:
          until === "2024-10" ? "2024-10-31" : until === "2024-11" ? "2024-11-30" : "2024-12-31",
        amount_fen: valued ? `${row["amount_yuan"]}00` : null,
        amount_kind: valued ? (exact ? "EXACT" : "ESTIMATED") : "UNVALUED",
        amount_wording: valued && !exact ? row["amount_as_published"] : null,
        persons: number(row["persons"]),
        households: number(row["households"]),
        person_times: number(row["person_times"]),
        items: row["item_unit"] === "项" ? null : number(row["items"]),
        source_citation: `《青海工运》2024年第12期 ${row["article"]}`,
      };
    }),
  );
});

test("figures by organisation and in all are those of the file, mutual aid apart, to the fen", async () => {
  const relief = given.filter((row) => !mutual(row));
  const codes = [...new Set(relief.map((row) => row["org_code"] ?? ""))].sort();
  const byOrganisation = await figures({}, ["organisation"]);
  const shown = byOrganisation.rows.map((row) => [row.organisation, row.amountFen, row.records]);
  expect(shown.sort()).toEqual(
    codes.map((code) => {
      const own = relief.filter((row) => row["org_code"] === code);
      return [code, sum(own).toString(), own.length];
    }),
  );
  expect(byOrganisation.totals).toMatchObject({
    amountFen: sum(relief).toString(),
    records: relief.length,
  });
  expect(byOrganisation.leftOut).toMatchObject({
    draft: 0,
    submitted: 0,
    returned: 0,
    unvalued: relief.filter((row) => !row["amount_yuan"]).length,
    estimated: relief.filter((row) => row["amount_yuan"] && row["amount_precision"] !== "exact")
      .length,
    contributory: {
      records: given.filter(mutual).length,
      amountFen: sum(given.filter(mutual)).toString(),
    },
  });
});

test("mutual aid is shown when asked for by name", async () => {
  const { totals } = await figures({ programme: ["mutual-medical-aid"] });
  expect(totals.amountFen).toBe(sum(given.filter(mutual)).toString());
});

test("no month is invented", async () => {
  const { rows } = await figures({}, ["month"]);
  expect(rows.map((row) => row.month)).toEqual([0]);
});

test("the money that was obtained is an allotment, not spending", async () => {
  expect(
    await stored(
      `SELECT a.source_ref, o.code, a.amount_fen::text, a.fiscal_year, a.origin
       FROM allotments a JOIN organisations o ON o.id = a.organisation_id`,
    ),
  ).toEqual(
    csv
      .filter((row) => row["form"] === "budget")
      .map((row) => ({
        source_ref: row["ref"],
        code: row["org_code"],
        amount_fen: `${row["amount_yuan"]}00`,
        fiscal_year: 2024,
        origin: "PUBLISHED",
      })),
  );
});

test("the project that won it stands as one line: received and spent as published, what is not in print unsaid", async () => {
  const { listProjects } = await import("@/lib/features/projects/queries");
  const { items } = await readAs(auditor, (context) =>
    listProjects({ ...context, filter: { year: 2024 } }),
  );
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    ...{ organisation: "632222", name: "2024年困难职工帮扶项目", status: "approved", number: null },
    ...{ origin: "published", declaredFen: null, approval: { amountFen: null, document: null } },
    balance: {
      ...{ receivedFen: "203907000", spentFen: "192007000", balanceFen: "11900000" },
      ...{ executedPermille: 942, records: 4 },
    },
  });
  const of = (part: string) => csv.find((row) => row["ref"] === part);
  const spent = ["QL-01", "QL-02", "QL-03", "QL-04"].map((ref) => fenOf(of(ref) ?? {}));
  expect(spent.reduce((total, fen) => total + fen, 0n)).toBe(192_007_000n);
});

test("a published ratio becomes two shares that sum to the amount", async () => {
  expect(
    await stored(
      `SELECT f.code, s.amount_fen::text FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id
       JOIN disbursements d ON d.id = s.disbursement_id WHERE d.source_ref = 'CX-03' ORDER BY 2 DESC`,
    ),
  ).toEqual([
    { code: "county-treasury", amount_fen: "85714286" },
    { code: "union-funds-unspecified", amount_fen: "154285714" },
  ]);
});

test("the importers cannot sign in, left no session open, and no one approved what they entered", async () => {
  expect(await stored("SELECT FROM sessions WHERE revoked_at IS NULL AND token_hash <> $1", [auditor])).toEqual([]); // prettier-ignore
  expect(await stored("SELECT FROM users u WHERE username LIKE 'import.%' AND NOT is_system")).toEqual([]); // prettier-ignore
  expect(
    await stored(
      `SELECT FROM approval_steps s JOIN disbursements d ON d.id = s.disbursement_id
       WHERE s.action = 'APPROVE' AND s.actor_id IN (d.created_by, d.last_edited_by, d.submitted_by)`,
    ),
  ).toEqual([]);
});

test("what a killed run had begun was finished once; a further run changes nothing", async () => {
  const steps = await stored(
    "SELECT count(*)::int AS n FROM approval_steps WHERE action = 'SUBMIT'",
  );
  expect(steps).toEqual([{ n: given.length }]);
  const state = () =>
    stored(
      `SELECT count(*)::int AS n, (SELECT max(position) FROM audit_entries) AS last FROM disbursements`,
    );
  const before = await state();
  await seedPublished(owner);
  expect(await state()).toEqual(before);
});
