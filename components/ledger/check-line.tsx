import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { ExplainPage } from "@/lib/features/ledger/schema";
import type { Totals } from "@/lib/features/figures/types";
import { formatFen } from "@/lib/kernel/money";

type CheckLineProps = {
  page: ExplainPage;
  /** Counted afresh from all vouchers; null where there are too many. */
  check: Pick<Totals, "amountFen" | "records"> | null;
  /** All vouchers stand on this page. */
  isWhole: boolean;
};

/** The sum in yuan to the fen, whatever unit the page is written in: this line is what is checked by hand. */
export function CheckLine({ page, check, isWhole }: CheckLineProps) {
  const t = useTranslations("explain");
  const figure = BigInt(page.totals.amountFen);
  const onPage = page.items.reduce((sum, item) => sum + BigInt(item.countedFen), 0n);
  const counted = isWhole ? onPage : check && BigInt(check.amountFen);
  if (counted !== null && counted !== figure) {
    const difference = counted > figure ? counted - figure : figure - counted;
    return (
      <Callout tone="danger">
        {t("checkFailed", {
          counted: formatFen(counted),
          total: formatFen(figure),
          difference: formatFen(difference),
        })}
      </Callout>
    );
  }
  const words = {
    count: page.items.length,
    amount: formatFen(onPage),
    all: page.vouchers,
    total: formatFen(figure),
  };
  if (isWhole) return <Callout tone="success">{t("checkOk", words)}</Callout>;
  if (counted === null) return <Callout>{t("checkPageOnly", words)}</Callout>;
  return <Callout tone="success">{t("checkPage", words)}</Callout>;
}
