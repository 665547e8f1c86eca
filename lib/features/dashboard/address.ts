import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { CardId } from "./types";

export const cardExportHref = (
  filter: FigureFilter,
  file: { card: CardId; format: FileFormat; unit: MoneyUnit },
): string => addressOf("/api/v1/exports/card", filter, file);
