import "server-only";
import { hasRole } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { readPage } from "@/lib/platform/session";
import { decide } from "./policy";
import { listYears } from "./queries";
import type { YearView } from "./types";

export type YearsView = {
  years: YearView[];
  /** The year that this reader may open next; null where it is somebody else's to open. */
  opens: number | null;
  administers: boolean;
};

export function loadYears(): Promise<YearsView> {
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["ADMIN", "PROVINCE", "AUDITOR"])) throw new AppError("FORBIDDEN");
    const years = await listYears({ db, scope, actor, now: new Date() });
    const last = years[0]?.year;
    const opens = last !== undefined && decide(actor, "open", null) === null ? last + 1 : null;
    return { years, opens, administers: hasRole(actor, ["ADMIN"]) };
  });
}
