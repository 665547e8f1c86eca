import "server-only";
import { explainQuerySchema, ledgerQuerySchema, type ExplainPage, type LedgerPage } from "./schema";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import type { AddressFilter } from "@/lib/features/figures/address";
import { readPlaces } from "@/lib/features/figures/loaders";
import type { FigureFilter, Totals } from "@/lib/features/figures/types";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import { explainAndCheck, listDisbursements } from "./queries";

type Listing<Filter, Page> = {
  actor: Actor;
  reference: Reference;
  /** The organisations the reader may see. */
  places: Organisation[];
  /** As asked for; what the address could not say right is in `ignored`. */
  filter: Filter;
  cursor: string | undefined;
  ignored: string[];
  page: Page;
  asOf: string;
};

export type LedgerView = Listing<AddressFilter, LedgerPage>;
export type ExplainView = Listing<FigureFilter, ExplainPage> & {
  /** The same sum counted afresh from the vouchers; null where there are too many to count on the way. */
  check: Pick<Totals, "amountFen" | "records"> | null;
};

const currentYear = () => yearOf(civilDateInChina(new Date()));

export async function loadLedger(searchParams: SearchParams): Promise<LedgerView> {
  const { query, ignored } = readSearch(ledgerQuerySchema, searchParams);
  const { cursor, limit, ...asked } = query;
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, asked, current: currentYear() });
    const filter = start.asked;
    const page = await listDisbursements({ db, scope, filter: { ...filter, cursor, limit } });
    return {
      actor,
      reference: start.reference,
      places: start.places,
      filter,
      cursor,
      ignored: [...ignored, ...start.unknown],
      page,
      asOf: new Date().toISOString(),
    };
  });
}

export async function loadExplain(searchParams: SearchParams): Promise<ExplainView> {
  const { query, ignored } = readSearch(explainQuerySchema, searchParams);
  const { cursor, limit, ...asked } = query;
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, asked, current: currentYear() });
    const filter = start.asked;
    const explained = await explainAndCheck({ db, scope, filter: { ...filter, cursor, limit } });
    return {
      actor,
      reference: start.reference,
      places: start.places,
      filter,
      cursor,
      ignored: [...ignored, ...start.unknown],
      ...explained,
      asOf: new Date().toISOString(),
    };
  });
}
