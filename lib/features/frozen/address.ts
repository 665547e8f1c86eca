import { viewHref } from "@/lib/features/views/address";
import type { ViewPage } from "@/lib/features/views/types";

/** The view with one of its frozen versions; without a number the last. */
export const frozenHref = (view: { page: ViewPage; query: string; id: string }, no: number) =>
  `${viewHref(view)}&frozen=${no}`;
