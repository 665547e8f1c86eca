import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { hasRole } from "@/lib/kernel/actor";
import { readDays } from "@/lib/kernel/date-reading";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { reaches } from "@/lib/kernel/scope";
import type { Stamp } from "@/lib/kernel/position";
import { codesOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import { readPage } from "@/lib/platform/session";
import { tellingWords } from "@/lib/platform/audit-words";
import { loadPreferences } from "@/lib/i18n/preferences";
import { namesOf } from "@/lib/features/reference/present";
import { getPageReference, withNamed } from "@/lib/features/reference/queries";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import { listAuditEntries } from "./queries";
import { wordsFor } from "./labels";
import { factsOf, type ToldEntry } from "./present";
import { auditQuerySchema, figureAsked, type AuditEntry, type AuditPage, type AuditQuery } from "./schema"; // prettier-ignore

export type AuditView = {
  page: Omit<AuditPage, "items"> & { items: ToldEntry[] };
  query: AuditQuery;
  /** The figure of whose records it is; null: of everything. */
  figure: (FigureFilter & Stamp) | null;
  mayExport: boolean;
  /** Who was shown personal data, in counts. */
  seesReveals: boolean;
  /** What the address could not say right. */
  ignored: string[];
  reference: PageReference;
  /** The organisations within reach, as far as they are listed. */
  places: Organisation[];
};

/** The organisations that an entry's body names. */
const placesIn = (body: AuditEntry["body"]): string[] =>
  [body["organisation"], body["org"], body["parent"]].filter((code) => typeof code === "string");

export async function loadAudit(search: SearchParams): Promise<AuditView> {
  const today = civilDateInChina(new Date());
  const edges = { from: "first", to: "last" } as const;
  const { query: asked, ignored } = readSearch(auditQuerySchema, readDays(search, today, edges));
  const { locale } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    // the history of a record is whoever's who reads the record; the whole chain is not
    const reads = hasRole(actor, ["AUDITOR", "PROVINCE"]);
    const figure = asked.figure === undefined ? null : figureAsked(asked.figure);
    if (!reads && figure === null) throw new AppError("FORBIDDEN");
    const places = [figure?.org, figure?.organisation, figure?.prefecture].flatMap(codesOf);
    const start = await getPageReference({ db, scope, actor, named: [asked.org, ...places] });
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
      figure,
      mayExport: reads,
      seesReveals: hasRole(actor, ["AUDITOR"]),
      ignored: known || asked.org === undefined ? ignored : [...ignored, asked.org],
      reference,
      places: start.organisations.filter(({ path }) => reaches(scope, path)),
    };
  });
}
