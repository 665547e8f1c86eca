import "server-only";
import { explainQuerySchema, ledgerQuerySchema } from "./schema";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPlaces } from "@/lib/features/figures/loaders";
import { queryFigures } from "@/lib/features/figures/queries";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { sql } from "@/lib/platform/db";
import { readPage } from "@/lib/platform/session";
import { explainFigure, listDisbursements } from "./queries";
import type { ExplainView, LedgerView } from "./types";

/** Up to here the vouchers behind a figure are counted afresh each time it is opened. */
const CHECKED_AT_MOST = 20_000;

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
    const page = await explainFigure({ db, scope, filter: { ...filter, cursor, limit } });
    const countable = page.totals.records <= CHECKED_AT_MOST;
    const counted = countable
      ? await queryFigures({ db, scope, filter, groupBy: [], records: sql`true` })
      : null;
    return {
      actor,
      reference: start.reference,
      places: start.places,
      filter,
      cursor,
      ignored: [...ignored, ...start.unknown],
      page,
      check: counted && { amountFen: counted.totals.amountFen, records: counted.totals.records },
      asOf: new Date().toISOString(),
    };
  });
}
