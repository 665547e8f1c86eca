import type { useTranslations } from "next-intl";
import type { CellSaid } from "@/lib/features/rows/types";
import type { RowColumn } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** What the cells and the line above them are said with. */
export type GridWords = {
  locale: Locale;
  t: ReturnType<typeof useTranslations<"grid">>;
  problem: (said: CellSaid) => string;
  note: (said: CellSaid) => string;
  name: (column: RowColumn) => string;
};
