import "server-only";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { drawsFor } from "./policy";
import { getLayoutChange, getLayoutView, getNewLayout, listLayouts } from "./queries";
import { layoutAddressSchema, newLayoutAddressSchema } from "./schema";
import type { LayoutDrawing, LayoutsView, LayoutView } from "./types";

export async function loadLayout(
  id: string,
  searchParams: SearchParams,
  locale: Locale,
): Promise<LayoutView> {
  const { query, ignored } = readSearch(layoutAddressSchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const view = await getLayoutView({ db, scope, actor, locale, id, query, today });
    return { ...view, ignored: [...ignored, ...view.ignored] };
  });
}

export const loadLayoutChange = (id: string): Promise<LayoutDrawing> =>
  readPage((reading) => getLayoutChange({ ...reading, id }));

export async function loadNewLayout(searchParams: SearchParams): Promise<LayoutDrawing> {
  const { query, ignored } = readSearch(newLayoutAddressSchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async (reading) => {
    const drawing = await getNewLayout({ ...reading, query, today });
    return { ...drawing, ignored: [...ignored, ...drawing.ignored] };
  });
}

export const loadLayouts = (): Promise<LayoutsView> =>
  readPage(async ({ db, scope, actor }) => ({
    items: await listLayouts({ db, scope }),
    draws: drawsFor(actor) !== null,
  }));
