import "server-only";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { getCompareView } from "./queries";
import { compareAddressSchema } from "./schema";
import type { CompareView } from "./types";

/** One snapshot for every side: their differences cannot hold a change between two reads. */
export async function loadCompare(searchParams: SearchParams): Promise<CompareView> {
  const { query, ignored } = readSearch(compareAddressSchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const view = await getCompareView({ db, scope, actor, query, today });
    return { ...view, ignored: [...ignored, ...view.ignored] };
  });
}
