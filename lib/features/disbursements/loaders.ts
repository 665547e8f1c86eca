import "server-only";
import { cache } from "react";
import type { z } from "zod";
import { listReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { readPage } from "@/lib/platform/session";
import { explainFigure, getDisbursement, listDisbursements } from "./queries";
import { explainQuerySchema, ledgerQuerySchema, type ExplainPage, type LedgerPage } from "./schema";
import type { DisbursementDetail } from "./types";

/** What Next hands a page as `await searchParams`. */
export type SearchParams = Record<string, string | string[] | undefined>;

export type LedgerQuery = z.infer<typeof ledgerQuerySchema>;
export type ExplainQuery = z.infer<typeof explainQuerySchema>;

/** `ignored`: parameters of the address that mean nothing, so that the page can say so. */
type Listing<Query, Page> = {
  actor: Actor;
  reference: Reference;
  query: Query;
  ignored: string[];
  page: Page;
  asOf: string;
};
export type LedgerView = Listing<LedgerQuery, LedgerPage>;
export type ExplainView = Listing<ExplainQuery, ExplainPage>;

/** An address is typed, shortened and forwarded by people: what can be read is used, the rest is named. */
function understand<Query>(
  schema: { safeParse: (value: unknown) => z.ZodSafeParseResult<Query> },
  searchParams: SearchParams,
): { query: Query; ignored: string[] } {
  const kept: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(searchParams)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text === undefined || text === "") continue;
    if (schema.safeParse({ [name]: text }).success) kept[name] = text;
    else ignored.push(name);
  }
  const parsed = schema.safeParse(kept);
  if (!parsed.success) throw parsed.error;
  return { query: parsed.data, ignored };
}

export async function loadLedger(searchParams: SearchParams): Promise<LedgerView> {
  const { query, ignored } = understand(ledgerQuerySchema, searchParams);
  return readPage(async ({ db, scope, actor, now }) => ({
    actor,
    query,
    ignored,
    reference: await listReference({ db, scope }),
    page: await listDisbursements({ db, scope, filter: query }),
    asOf: now.toISOString(),
  }));
}

export async function loadExplain(searchParams: SearchParams): Promise<ExplainView> {
  const { query, ignored } = understand(explainQuerySchema, searchParams);
  return readPage(async ({ db, scope, actor, now }) => ({
    actor,
    query,
    ignored,
    reference: await listReference({ db, scope }),
    page: await explainFigure({ db, scope, filter: query }),
    asOf: now.toISOString(),
  }));
}
