import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { hasRole } from "@/lib/kernel/actor";
import { reaches } from "@/lib/kernel/scope";
import { readPage } from "@/lib/platform/session";
import { getPageReference, withNamed } from "@/lib/features/reference/queries";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import { listAuditEntries } from "./queries";
import { auditQuerySchema, type AuditPage, type AuditQuery } from "./schema";

export type AuditView = {
  page: AuditPage;
  query: AuditQuery;
  reference: PageReference;
  /** The organisations within reach, as far as they are listed. */
  places: Organisation[];
};

type Search = Record<string, string | string[] | undefined>;

/** An address somebody edited by hand keeps what can be understood of it. */
function understood(search: Search): AuditQuery {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (typeof value !== "string" || value.trim() === "") continue;
    if (auditQuerySchema.safeParse({ ...kept, [name]: value }).success) kept[name] = value;
  }
  return auditQuerySchema.parse(kept);
}

export function loadAudit(search: Search): Promise<AuditView> {
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["AUDITOR", "PROVINCE"])) throw new AppError("FORBIDDEN");
    const asked = understood(search);
    const start = await getPageReference({ db, scope, actor, named: [asked.org] });
    const known = start.organisations.some((organisation) => organisation.code === asked.org);
    const { org: _, ...withoutOrg } = asked;
    const query = known || asked.org === undefined ? asked : withoutOrg;
    const page = await listAuditEntries({ db, scope, actor, query });
    const named = page.items.map(({ organisation }) => organisation);
    return {
      page,
      query,
      reference: await withNamed({ db }, start, named),
      places: start.organisations.filter(({ path }) => reaches(scope, path)),
    };
  });
}
