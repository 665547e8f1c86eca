import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { hasRole } from "@/lib/kernel/actor";
import { reaches } from "@/lib/kernel/scope";
import { readPage } from "@/lib/platform/session";
import { tellingWords } from "@/lib/platform/words";
import { loadPreferences } from "@/lib/i18n/preferences";
import { namesOf } from "@/lib/features/reference/present";
import { getPageReference, withNamed } from "@/lib/features/reference/queries";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import { listAuditEntries } from "./queries";
import { wordsFor } from "./labels";
import { factsOf, type ToldEntry } from "./present";
import { auditQuerySchema, type AuditEntry, type AuditPage, type AuditQuery } from "./schema";

export type AuditView = {
  page: Omit<AuditPage, "items"> & { items: ToldEntry[] };
  query: AuditQuery;
  reference: PageReference;
  /** The organisations within reach, as far as they are listed. */
  places: Organisation[];
};

type Search = Record<string, string | string[] | undefined>;

/** The organisations that an entry's body names. */
const placesIn = (body: AuditEntry["body"]): string[] =>
  [body["organisation"], body["org"], body["parent"]].filter((code) => typeof code === "string");

/** An address somebody edited by hand keeps what can be understood of it. */
function understood(search: Search): AuditQuery {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (typeof value !== "string" || value.trim() === "") continue;
    if (auditQuerySchema.safeParse({ ...kept, [name]: value }).success) kept[name] = value;
  }
  return auditQuerySchema.parse(kept);
}

export async function loadAudit(search: Search): Promise<AuditView> {
  const { locale } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["AUDITOR", "PROVINCE"])) throw new AppError("FORBIDDEN");
    const asked = understood(search);
    const start = await getPageReference({ db, scope, actor, named: [asked.org] });
    const known = start.organisations.some((organisation) => organisation.code === asked.org);
    const { org: _, ...withoutOrg } = asked;
    const query = known || asked.org === undefined ? asked : withoutOrg;
    const page = await listAuditEntries({ db, scope, actor, query });
    const named = page.items.flatMap(({ organisation, body }) => [organisation, ...placesIn(body)]);
    const reference = await withNamed({ db }, start, named);
    const words = wordsFor(tellingWords(locale), namesOf(reference, locale), locale);
    const items = page.items.map((entry) => ({ ...entry, facts: factsOf(entry, words) }));
    return {
      page: { ...page, items },
      query,
      reference,
      places: start.organisations.filter(({ path }) => reaches(scope, path)),
    };
  });
}
