import { crossWords } from "@/lib/features/cross/address";
import type { CrossFilter } from "@/lib/features/cross/types";
import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Stamp } from "@/lib/kernel/position";
import type { LayoutFormat } from "./types";

type Asked = Pick<FigureFilter, "year" | "yearAxis" | "org"> & Stamp;

export const layoutsHref = (asked: Asked = {}): string => addressOf("/reports/layouts", asked);

export const layoutHref = (id: string, asked: Asked = {}): string =>
  addressOf(`/reports/layouts/${id}`, asked);

export const layoutEditHref = (id: string): string => `/reports/layouts/${id}/edit`;

/** A new form, made from one that there is. */
export const newLayoutHref = (from: string): string => `/reports/layouts/new?from=${from}`;

/** A new form of what a cross table shows. */
export const crossLayoutHref = (filter: CrossFilter, look: Parameters<typeof crossWords>[0]) =>
  addressOf("/reports/layouts/new", filter, crossWords(look));

export const layoutExportHref = (
  id: string,
  asked: Asked,
  file: { format: LayoutFormat; unit: MoneyUnit },
): string => addressOf("/api/v1/exports/layout", asked, { layout: id, ...file });
