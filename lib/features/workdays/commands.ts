import "server-only";
import { requireKeeper } from "@/lib/features/catalogue/policy";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { findWorkdays } from "./queries";
import { workdayFaults } from "./rules";
import type { PutWorkdaysInput, WorkdayYear } from "./schema";

type Write = { tx: Tx; db: Reader; actor: Actor };

/** 放假安排: of a new year, or corrected. */
export async function putWorkdays(
  input: Write & { params: { year: number }; body: PutWorkdaysInput },
): Promise<WorkdayYear> {
  const { tx, db, actor, params, body } = input;
  const { year } = params;
  const { version, source, restDays, workDays } = body;
  requireKeeper(actor);
  const fieldErrors = workdayFaults(year, body);
  if (Object.keys(fieldErrors).length > 0) throw new AppError("VALIDATION", { fieldErrors });
  const before = await findWorkdays(db, year);
  if ((before?.version ?? 0) !== version) throw new AppError("STALE");
  const count = await tx.run(
    before
      ? sql`UPDATE workday_years SET source = ${source}, rest_days = ${restDays}::date[], work_days = ${workDays}::date[],
          version = version + 1 WHERE year = ${year} AND version = ${version}`
      : sql`INSERT INTO workday_years (year, source, rest_days, work_days)
          VALUES (${year}, ${source}, ${restDays}::date[], ${workDays}::date[])`,
  );
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [
    {
      action: before ? "workdays.update" : "workdays.create",
      subjectId: String(year),
      body: { source, restDays, workDays },
    },
  ]);
  return found(await findWorkdays(db, year));
}
