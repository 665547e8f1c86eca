import type { useTranslations } from "next-intl";
import type { Finding } from "@/lib/features/findings/types";
import type { CellSaid, RowColumn } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";

/** What the cells and the line above them are said with. */
export type GridWords = {
  locale: Locale;
  t: ReturnType<typeof useTranslations<"grid">>;
  problem: (said: CellSaid) => string;
  note: (said: CellSaid) => string;
  name: (column: RowColumn) => string;
  finding: (finding: Finding) => string;
};
