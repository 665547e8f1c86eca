import "server-only";
import { inFen } from "./address";
import { explainQuerySchema, ledgerAddressSchema } from "./schema";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPlaces } from "@/lib/features/filter/queries";
import { withNamed } from "@/lib/features/reference/queries";
import { readDays } from "@/lib/kernel/date-reading";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Stamp } from "@/lib/kernel/position";
import { readPage } from "@/lib/platform/session";
import { explainAndCheck, listDisbursements } from "./queries";
import type { ExplainView, LedgerView } from "./types";

const organisationsOf = ({ items }: { items: readonly { organisation: string }[] }) =>
  items.map(({ organisation }) => organisation);
const settledBy = ({ asOf }: Stamp) => ({ settled: asOf !== undefined });
const currentYear = () => yearOf(civilDateInChina(new Date()));

/** What a form sends is what was typed: amounts in yuan, days as they are written. */
const readTyped = (search: SearchParams) =>
  readDays(inFen(search), civilDateInChina(new Date()), { paidFrom: "first", paidTo: "last" });

export async function loadLedger(searchParams: SearchParams): Promise<LedgerView> {
  const { query, ignored } = readSearch(ledgerAddressSchema, readTyped(searchParams));
  const { cursor, page: number = 1, limit, columns, view, ...asked } = query;
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked, current: currentYear() });
    const filter = start.asked;
    const place = cursor === undefined ? { page: number } : { cursor };
    const page = await listDisbursements({ db, scope, filter: { ...filter, ...place, limit } });
    return {
      actor,
      reference: await withNamed({ db }, start.reference, organisationsOf(page)),
      places: start.places,
      filter,
      columns,
      view,
      cursor,
      number,
      ignored: [...ignored, ...start.unknown],
      page,
    };
  }, settledBy(asked));
}

export async function loadExplain(searchParams: SearchParams): Promise<ExplainView> {
  const { query, ignored } = readSearch(explainQuerySchema, searchParams);
  const { cursor, limit, ...asked } = query;
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked, current: currentYear() });
    const filter = start.asked;
    const explained = await explainAndCheck({ db, scope, filter: { ...filter, cursor, limit } });
    return {
      actor,
      reference: await withNamed({ db }, start.reference, organisationsOf(explained.page)),
      places: start.places,
      filter,
      cursor,
      ignored: [...ignored, ...start.unknown],
      ...explained,
    };
  }, settledBy(asked));
}
