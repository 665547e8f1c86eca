import { allotmentsHref } from "@/lib/features/allotments/address";
import { explainHref } from "@/lib/features/ledger/address";
import type { Token } from "@/lib/features/narratives/types";

/** The page that opens what a number is made of: its vouchers, or the money received. */
export function tokenHref({ figure }: Pick<Token, "figure">): string {
  const [path = "", text = ""] = figure.split("?");
  const query = Object.fromEntries(new URLSearchParams(text));
  delete query["measures"];
  if (path !== "/figures/balance") return explainHref({}, query);
  const { year, org } = query;
  return allotmentsHref({ year: Number(year), org });
}
