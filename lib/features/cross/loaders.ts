import "server-only";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { getCrossView } from "./queries";
import { crossAddressSchema } from "./schema";
import type { CrossView } from "./types";

export async function loadCross(searchParams: SearchParams): Promise<CrossView> {
  const { query, ignored } = readSearch(crossAddressSchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const view = await getCrossView({ db, scope, actor, query, today });
    return { ...view, ignored: [...ignored, ...view.ignored] };
  });
}
