import "server-only";
import { listAuditEntries } from "@/lib/features/audit/queries";
import type { AuditEntry } from "@/lib/features/audit/schema";
import { queryFigures } from "@/lib/features/figures/queries";
import type { LeftOut, Totals } from "@/lib/features/figures/types";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { listReviewQueue } from "@/lib/features/review/queries";
import type { QueueItem } from "@/lib/features/review/types";
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
    reference: Reference;
    /** What a reviewer looks at first. */
    queue: QueueItem[];
    totals: Totals;
    leftOut: LeftOut;
    /** Latest steps taken on records in reach, for who audits them. */
    changes: AuditEntry[];
  } | null;
};

const SHOWN = 6;

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
    const now = new Date();
    const bench = await getWorkbench({ db, scope, actor, now });
    const queue = bench.queue === 0 ? [] : (await listReviewQueue({ db, scope, actor, now })).items;
    const filter = { year: bench.year };
    const { totals, leftOut } = await queryFigures({ db, scope, filter, groupBy: [] });
    const query = { subjectType: "disbursement", limit: 10 };
    const changes = hasRole(actor, ["AUDITOR"])
      ? (await listAuditEntries({ db, scope, actor, query })).items
      : [];
    const reference = await getReference({ db });
    return {
      ...person,
      work: { bench, reference, queue: queue.slice(0, SHOWN), totals, leftOut, changes },
    };
  });
}
