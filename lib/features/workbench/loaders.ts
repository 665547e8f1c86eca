import "server-only";
import { listAuditEntries } from "@/lib/features/audit/queries";
import { queryFigures } from "@/lib/features/figures/queries";
import { getReference } from "@/lib/features/reference/queries";
import { listReviewQueue } from "@/lib/features/review/queries";
import { loadPreferences } from "@/lib/i18n/preferences";
import { hasRole } from "@/lib/kernel/actor";
import { readPage } from "@/lib/platform/session";
import { getWorkbench } from "./queries";
import type { WorkbenchView } from "./types";

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
