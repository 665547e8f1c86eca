import "server-only";
import { listChanges } from "@/lib/features/changes/queries";
import { readPlaces } from "@/lib/features/filter/queries";
import { getYear, lastReopeningDay, listYears } from "@/lib/features/years/queries";
import { hasRole } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { yearSchema } from "@/lib/kernel/wire";
import { readPage } from "@/lib/platform/session";
import { listOpenPlaces, readTwoBooks } from "./queries";
import type { YearEndView } from "./types";

/** A year with what is open in it, its closings, and both its books. */
export function loadYearEnd(text: string): Promise<YearEndView> {
  const now = new Date();
  const today = civilDateInChina(now);
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["REVIEWER", "PROVINCE", "AUDITOR"])) throw new AppError("FORBIDDEN");
    const asked = yearSchema.safeParse(text);
    if (!asked.success) throw new AppError("NOT_FOUND");
    const year = asked.data;
    const years = await listYears({ db, scope, actor, now });
    const { reference, root } = await readPlaces({
      db,
      scope,
      actor,
      asked: {},
      current: year,
      whole: true,
    });
    const detail = await getYear({ db, scope, actor, now, year });
    const filter = { year, org: root.code };
    const since = detail.snapshot?.seq.toString();
    return {
      year: detail,
      filter,
      changes:
        since === undefined ? null : await listChanges({ db, scope, filter, since, limit: 1 }),
      years: years.map((one) => one.year),
      books: await readTwoBooks({ db, scope, year }),
      open: await listOpenPlaces({ db, scope, year, today }),
      ...{ reference, root, today },
      keeps: hasRole(actor, ["PROVINCE", "AUDITOR"]),
      reopensUntil: await lastReopeningDay(db, now),
    };
  });
}
