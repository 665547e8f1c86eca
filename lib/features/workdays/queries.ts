import "server-only";
import { sql, type Reader } from "@/lib/platform/db";
import type { WorkdayYear } from "./schema";

const YEARS = sql`
  SELECT w.year, w.source, w.rest_days::text[] AS "restDays", w.work_days::text[] AS "workDays", w.version
  FROM workday_years w`;

/** Public to whoever is signed in, so it has no scope; newest first. */
export const listWorkdays = (db: Reader): Promise<WorkdayYear[]> =>
  db.rows<WorkdayYear>(sql`${YEARS} ORDER BY w.year DESC LIMIT 100`);

export async function findWorkdays(db: Reader, year: number): Promise<WorkdayYear | undefined> {
  const [row] = await db.rows<WorkdayYear>(sql`${YEARS} WHERE w.year = ${year}`);
  return row;
}
