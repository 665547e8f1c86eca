import { addressOf, filterQuery } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Stamp } from "@/lib/kernel/position";
import type { BriefFormat, Length } from "./types";

type Asked = Pick<FigureFilter, "year"> & { org?: string | undefined };

export const narrativeHref = (asked: Asked, length: Length): string =>
  addressOf("/narrative", asked, length === "long" ? {} : { length });

/** Which answer of the API a number in the prose is. */
export const figureOf = (filter: FigureFilter & Stamp, measure: string): string =>
  `/figures?${filterQuery(filter, { measures: measure })}`;

export const balanceOf = (filter: FigureFilter & Stamp): string =>
  `/figures/balance?${filterQuery(filter)}`;

export const narrativeExportHref = (asked: Asked, length: Length, format: BriefFormat): string =>
  addressOf("/api/v1/exports/narrative", asked, {
    ...(length === "long" ? {} : { length }),
    ...(format === "txt" ? {} : { format }),
  });
