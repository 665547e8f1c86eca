import "server-only";
import { notFound } from "next/navigation";
import { getPageReference } from "@/lib/features/reference/queries";
import type { PageReference } from "@/lib/features/reference/types";
import { holdsRole } from "@/lib/kernel/actor";
import type { Locale } from "@/lib/kernel/preferences";
import { readPage } from "@/lib/platform/session";
import { requireImporter } from "./policy";
import { getImport, listImports } from "./queries";
import {
  importQuerySchema,
  importsQuerySchema,
  type ImportQuery,
  type ImportsPage,
  type ImportView,
} from "./schema";

type Search = Record<string, string | string[] | undefined>;

export type ImportsView = {
  page: ImportsPage;
  /** Not the newest page. */
  paged: boolean;
  reference: PageReference;
  /** Where this person enters records, the own first. */
  organisations: string[];
};

export function loadImports(search: Search): Promise<ImportsView> {
  return readPage(async ({ db, scope, actor }) => {
    requireImporter(actor);
    const asked = importsQuerySchema.safeParse({ cursor: search["cursor"] });
    const query = asked.success ? asked.data : importsQuerySchema.parse({});
    const page = await listImports({ db, actor, query });
    const named = page.items.map(({ organisation }) => organisation);
    const reference = await getPageReference({ db, scope, actor, entering: true, named });
    const own = actor.memberships.filter(({ role }) => role === "CLERK").map(({ code }) => code);
    const reachable = reference.organisations
      .filter(({ active, path }) => active && holdsRole(actor, ["CLERK"], path))
      .map(({ code }) => code);
    return {
      page,
      paged: query.cursor !== undefined,
      reference,
      organisations: [...new Set([...own, ...reachable])],
    };
  });
}

export type OneImportView = {
  view: ImportView;
  reference: PageReference;
  /** Which of its problems are shown. */
  shown: ImportQuery;
};

export function loadImport(id: string, search: Search, locale: Locale): Promise<OneImportView> {
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  return readPage(async ({ db, scope, actor }) => {
    const { cursor, code, column } = search;
    const asked = importQuerySchema.safeParse({ cursor, code, column });
    const query = asked.success ? asked.data : importQuerySchema.parse({});
    const view = await getImport({ db, actor, id, query, locale });
    const named = [view.organisation, ...Object.values(view.mapping?.values.organisation ?? {})];
    const reference = await getPageReference({ db, scope, actor, entering: true, named });
    return { view, reference, shown: query };
  });
}
