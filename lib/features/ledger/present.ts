import type { Sum } from "@/lib/features/figures/present";
import { wholeOf } from "@/lib/features/figures/rules";
import type { LedgerPage } from "./schema";

type Listed = Pick<LedgerPage, "totals" | "vouchers"> &
  Pick<Parameters<typeof wholeOf>[0], "leftOut">;

/** The totals of a list, with what tells a zero from nothing recorded and from nothing priced. */
export function ledgerSum({ totals, leftOut, vouchers }: Listed): Sum {
  return wholeOf({ totals, leftOut, reversals: (vouchers - totals.records) / 2 });
}
