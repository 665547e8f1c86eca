import "server-only";
import { listAuditEntries } from "@/lib/features/audit/queries";
import { withNamed } from "@/lib/features/reference/queries";
import { listWorkingCopies } from "@/lib/features/working-copies/queries";
import { loadPreferences } from "@/lib/i18n/preferences";
import { hasRole } from "@/lib/kernel/actor";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import { getWorkbench } from "./queries";
import type { WorkbenchView } from "./types";

/** Everything the first page of the day says, from one snapshot. */
export async function loadWorkbench(): Promise<WorkbenchView> {
  const { unit } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    const roles = [...new Set(actor.memberships.map(({ role }) => role))];
    const now = new Date();
    const person = {
      roles,
      today: civilDateInChina(now),
      userId: actor.userId,
      nameZh: actor.nameZh,
      nameEn: actor.nameEn,
      isDemo: actor.isDemo,
      unit,
    };
    if (!hasRole(actor, ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"]))
      return { ...person, work: null };
    const bench = await getWorkbench({ db, scope, actor, now });
    const query = { subjectType: "disbursement", limit: 10 };
    const changes = hasRole(actor, ["AUDITOR"])
      ? (await listAuditEntries({ db, scope, actor, query })).items
      : [];
    const copies = hasRole(actor, ["CLERK"]) ? await listWorkingCopies({ db, actor }) : [];
    const named = changes.map(({ organisation }) => organisation);
    const reference = await withNamed({ db }, bench.reference, named);
    return { ...person, work: { bench: { ...bench, reference }, copies, changes } };
  });
}
