import "server-only";
import { listAuditEntries } from "@/lib/features/audit/queries";
import type { AuditEntry } from "@/lib/features/audit/schema";
import { loadPreferences } from "@/lib/i18n/preferences";
import { hasRole, type Role } from "@/lib/kernel/actor";
import type { MoneyUnit } from "@/lib/kernel/money";
import { readPage } from "@/lib/platform/session";
import { getWorkbench } from "./queries";
import type { Workbench } from "./types";

export type WorkbenchView = {
  roles: Role[];
  nameZh: string;
  nameEn: string;
  isDemo: boolean;
  unit: MoneyUnit;
  /** Null for an administrator, who sees no record and no amount. */
  work: {
    bench: Workbench;
    /** Latest steps taken on records in reach, for who audits them. */
    changes: AuditEntry[];
  } | null;
};

/** Everything the first page of the day says, from one snapshot. */
export async function loadWorkbench(): Promise<WorkbenchView> {
  const { unit } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    const roles = [...new Set(actor.memberships.map(({ role }) => role))];
    const person = {
      roles,
      nameZh: actor.nameZh,
      nameEn: actor.nameEn,
      isDemo: actor.isDemo,
      unit,
    };
    if (!hasRole(actor, ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"]))
      return { ...person, work: null };
    const bench = await getWorkbench({ db, scope, actor, now: new Date() });
    const query = { subjectType: "disbursement", limit: 10 };
    const changes = hasRole(actor, ["AUDITOR"])
      ? (await listAuditEntries({ db, scope, actor, query })).items
      : [];
    return { ...person, work: { bench, changes } };
  });
}
