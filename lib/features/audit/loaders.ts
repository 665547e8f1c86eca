import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { hasRole } from "@/lib/kernel/actor";
import { readPage } from "@/lib/platform/session";
import { getReference } from "@/lib/features/reference/queries";
import type { Organisation } from "@/lib/features/reference/types";
import { listAuditEntries } from "./queries";
import { auditQuerySchema, type AuditPage, type AuditQuery } from "./schema";

export type AuditView = {
  page: AuditPage;
  query: AuditQuery;
  organisations: Organisation[];
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
    const { organisations } = await getReference({ db });
    const asked = understood(search);
    const known = organisations.some((organisation) => organisation.code === asked.org);
    const { org: _, ...withoutOrg } = asked;
    const query = known || asked.org === undefined ? asked : withoutOrg;
    const page = await listAuditEntries({ db, scope, actor, query });
    return { page, query, organisations };
  });
}
