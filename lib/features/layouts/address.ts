import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Stamp } from "@/lib/kernel/position";
import type { LayoutFormat } from "./types";

type Asked = Pick<FigureFilter, "year" | "yearAxis" | "org"> & Stamp;

export const layoutsHref = (asked: Asked = {}): string => addressOf("/reports/layouts", asked);

export const layoutHref = (id: string, asked: Asked = {}): string =>
  addressOf(`/reports/layouts/${id}`, asked);

export const layoutExportHref = (
  id: string,
  asked: Asked,
  file: { format: LayoutFormat; unit: MoneyUnit },
): string => addressOf("/api/v1/exports/layout", asked, { layout: id, ...file });
