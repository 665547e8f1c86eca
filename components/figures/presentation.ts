import type { Sum } from "@/lib/features/figures/present";
import { knownSum, knownText } from "@/lib/kernel/known";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

/** In which language and unit a page is written; chosen once in the top bar, printed in every header. */
export type Presentation = { locale: Locale; unit: MoneyUnit };

export function money(fen: bigint | string, show: Presentation): string {
  return formatFen(BigInt(fen), { unit: show.unit });
}

/** A sum: the amount, or in words why there is none. */
export const sumWords = (sum: Sum | null, show: Presentation): string =>
  knownText(knownSum(sum), show);
