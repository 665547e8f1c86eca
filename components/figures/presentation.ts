import type { Sum } from "@/lib/features/figures/present";
import { knownFen, knownSum, knownText } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

/** In which language and unit a page is written; chosen once in the top bar, printed in every header. */
export type Presentation = { locale: Locale; unit: MoneyUnit };

/** Money in figures; null = unknown. */
export const money = (fen: bigint | string | null, show: Presentation): string =>
  knownText(knownFen(fen), show);

/** A sum: the amount, or in words why there is none. */
export const sumWords = (sum: Sum | null, show: Presentation): string =>
  knownText(knownSum(sum), show);
