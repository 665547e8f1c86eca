import type { useTranslations } from "next-intl";
import type { Refusal } from "@/lib/features/disbursements/types";
import type { Finding } from "@/lib/features/findings/types";
import type { CellSaid, RowColumn } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";
import type { RowSaid } from "./grid-store";

/** What the cells and the line above them are said with. */
export type GridWords = {
  locale: Locale;
  t: ReturnType<typeof useTranslations<"grid">>;
  problem: (said: CellSaid) => string;
  note: (said: CellSaid) => string;
  name: (column: RowColumn) => string;
  finding: (finding: Finding) => string;
  /** Why a row would not be taken, at its cells as far as it is about one. */
  refusal: (refused: Refusal) => RowSaid;
  /** What stands for a cell that says nothing. */
  brought: (column: RowColumn, value: string) => string;
};
