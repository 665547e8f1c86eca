import type { Sum } from "@/lib/features/figures/present";
import type { Totals } from "@/lib/features/figures/types";
import type { AddressFilter, FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import type { Stamp } from "@/lib/kernel/position";
import type { ExplainPage, LedgerPage } from "./schema";

type Listing<Filter, Page> = {
  actor: Actor;
  reference: PageReference;
  /** The organisations the reader may see. */
  places: Organisation[];
  /** As asked for; what the address could not say right is in `ignored`. */
  filter: Filter;
  cursor: string | undefined;
  ignored: string[];
  page: Page;
};

export type LedgerView = Listing<AddressFilter, LedgerPage> & {
  /** Which columns are shown, where the address says so; else as this browser remembers. */
  columns: string[] | undefined;
  /** The saved view that was opened. */
  view: string | undefined;
  /** Of the page, where there is no cursor. */
  number: number;
};
export type ExplainView = Listing<FigureFilter & Stamp, ExplainPage> & {
  /** What the figure holds of corrections of earlier years; null = nothing. */
  earlier: Sum | null;
  /** The same sum counted afresh from the vouchers; null where there are too many to count on the way. */
  check: Pick<Totals, "amountFen" | "records"> | null;
};
