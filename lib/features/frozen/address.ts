import { viewHref } from "@/lib/features/views/address";
import type { ViewPage } from "@/lib/features/views/types";

/** The view with one of its frozen versions; without a number the last. */
export const frozenHref = (view: { page: ViewPage; query: string; id: string }, no: number) =>
  `${viewHref(view)}&frozen=${no}`;

/** The whole table of a version as it stood at its position, within a place. */
export function tableThenHref(query: string, { org, seq }: { org: string; seq: number }): string {
  const search = new URLSearchParams(query);
  search.set("org", org);
  search.set("seq", String(seq));
  return `/cross?${search.toString().replaceAll("%2C", ",")}`;
}
