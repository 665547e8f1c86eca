import type { FigureFilter } from "@/lib/features/filter/types";
import type { SavedView } from "@/lib/features/views/schema";
import type { FigurePage } from "@/lib/features/views/types";
import type { Actor } from "@/lib/kernel/actor";
import type { FrozenFigures } from "./schema";

export type FrozenView = FrozenFigures & {
  /** The figures that the reader is shown, as a filter of theirs; null where there are none of them. */
  filter: (FigureFilter & { year: number; org: string }) | null;
};

/** What a page of figures shows of its saved views. */
export type PageViews = {
  page: FigurePage;
  views: SavedView[];
  actor: Actor;
  /** As a view of what the page shows now would keep it. */
  query: string;
  opened: { id: string; view?: SavedView; changed?: boolean } | null;
  /** Of the view that is opened: the version asked for, else the last. */
  frozen: FrozenView | null;
};
