import type pg from "pg";
import { declareNil } from "@/lib/features/calendar/commands";
import { writeOn } from "@/lib/platform/db";
import type { DemoSessions } from "./accounts";
import { civil, daysIn } from "./days";

const FIRST_YEAR = 2026;
const SOURCE = "演示用的示例期限，请按本省文件核定";

type Row = {
  programme: string;
  repeats: "YEARLY" | "MONTHLY";
  from: readonly [month: number, day: number | null];
  to: readonly [month: number, day: number | null];
  due: readonly [month: number | null, day: number];
};

/** What the seasons of the programmes suggest. No province has set these days: they are an example, as its source says. */
const EXPECTED: readonly Row[] = [
  { programme: "spring-jobs", repeats: "YEARLY", from: [1, 1], to: [5, 31], due: [6, 15] },
  { programme: "cool-summer", repeats: "YEARLY", from: [6, 1], to: [8, 31], due: [9, 15] },
  { programme: "golden-autumn", repeats: "YEARLY", from: [8, 1], to: [9, 30], due: [10, 15] },
  { programme: "warm-winter", repeats: "YEARLY", from: [11, 1], to: [2, 29], due: [3, 15] },
  { programme: "festival-visits", repeats: "YEARLY", from: [12, 1], to: [2, 29], due: [3, 10] },
  { programme: "love-breakfast", repeats: "MONTHLY", from: [1, null], to: [12, null], due: [null, 10] }, // prettier-ignore
];

async function insertExpectations(owner: pg.Client): Promise<void> {
  await owner.query(
    `INSERT INTO expectations (programme_id, organisation_id, owed_by, repeats, from_month, from_day, to_month, to_day,
       due_month, due_day, first_year, source)
     SELECT p.id, o.id, 'COUNTY', r.repeats, r."from"[1], r."from"[2], r."to"[1], r."to"[2], r.due[1], r.due[2], $2, $3
     FROM jsonb_to_recordset($1::jsonb) AS r(programme text, repeats text, "from" int[], "to" int[], due int[])
     JOIN programmes p ON p.code = r.programme JOIN organisations o ON o.code = '630000'`,
    [JSON.stringify(EXPECTED), FIRST_YEAR, SOURCE],
  );
}

/** Counties that serve no breakfast: the first of them says so each month, one owes its months, the rest are let off. */
async function withoutBreakfast(owner: pg.Client): Promise<{ declares: string | undefined }> {
  const { rows } = await owner.query<{ code: string }>(
    `SELECT o.code FROM organisations o WHERE o.kind = 'COUNTY' AND NOT EXISTS (
       SELECT FROM disbursements d JOIN programmes p ON p.id = d.programme_id
       WHERE d.organisation_id = o.id AND p.code = 'love-breakfast' AND d.fiscal_year = $1)
     ORDER BY o.code`,
    [FIRST_YEAR],
  );
  const [declares, , ...letOff] = rows.map(({ code }) => code);
  await owner.query(
    `INSERT INTO expectations (programme_id, organisation_id, owed_by, repeats, first_year, source)
     SELECT p.id, o.id, 'COUNTY', 'NEVER', $2, '县城没有供餐点（演示）'
     FROM organisations o, programmes p WHERE o.code = ANY ($1) AND p.code = 'love-breakfast'`,
    [letOff, FIRST_YEAR],
  );
  return { declares };
}

/** What is expected, once there are records, and a clerk's declarations that there was nothing. As the owner. */
export async function liveCalendar(owner: pg.Client, sessions: DemoSessions): Promise<void> {
  await insertExpectations(owner);
  const { declares } = await withoutBreakfast(owner);
  if (declares === undefined) return;
  await owner.query("SET LOCAL ROLE nuanzhang_app");
  for (let month = 1; month <= 10; month += 1) {
    const last = daysIn(FIRST_YEAR, month);
    const input = {
      organisation: declares,
      programme: "love-breakfast",
      periodFrom: civil(FIRST_YEAR, month, 1),
      periodTo: civil(FIRST_YEAR, month, last),
      reason: "other" as const,
      words: "县城唯一的供餐门店停业，正在另选商户。",
    };
    const now = new Date(Date.parse(input.periodTo) + (3 * 24 + 2) * 3_600_000);
    await writeOn(owner, sessions.of("CLERK", declares), (c) => declareNil({ ...c, now, input }));
  }
  await owner.query("RESET ROLE");
}
