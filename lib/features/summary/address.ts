import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { FileFormat } from "@/lib/kernel/file-format";

export const reportsHref = (filter: Pick<FigureFilter, "year" | "yearAxis" | "org">): string =>
  addressOf("/reports", filter);

export const summaryExportHref = (
  filter: Pick<FigureFilter, "year" | "yearAxis" | "org">,
  format: FileFormat,
  unit: MoneyUnit,
): string => addressOf("/api/v1/exports/year-summary", filter, { format, unit });
