import type { FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { Stamp } from "@/lib/kernel/position";
import type { Changes } from "./schema";

export type ChangesFilter = Omit<FigureFilter, "status">;

export type ChangesView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  filter: ChangesFilter & { year: number; org: string };
  since: string;
  until: string | undefined;
  cursor: string | undefined;
  ignored: string[];
  changes: Changes;
  /** Earlier moments to begin at instead. */
  starts: { key: "today" | "week" | "month" | "year"; since: string }[];
};

/** "12345" or a moment, as an address names a position. */
export const stampOf = (text: string): Stamp =>
  /^\d+$/.test(text) ? { seq: Number(text) } : { asOf: text };
