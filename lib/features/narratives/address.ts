import { filterQuery } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Stamp } from "@/lib/kernel/position";

/** Which answer of the API a number in the prose is. */
export const figureOf = (filter: FigureFilter & Stamp, measure: string): string =>
  `/figures?${filterQuery(filter, { measures: measure })}`;

export const balanceOf = (filter: FigureFilter & Stamp): string =>
  `/figures/balance?${filterQuery(filter)}`;
