import { useTranslations } from "next-intl";
import { isUnpriced, type Sum } from "@/lib/features/figures/present";
import { money, type Presentation } from "./presentation";

/** A sum in words: — where there is no record, 未计价 where none of them is priced, else the amount. */
export function useAmount(show: Presentation): (sum: Sum | null) => string {
  const t = useTranslations("dashboard.table");
  return (sum) => {
    if (sum === null) return "—";
    return isUnpriced(sum) ? t("unpriced") : money(sum.amountFen, show);
  };
}
