import { useTranslations } from "next-intl";
import { amountText } from "@/lib/features/disbursements/present";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import type { MoneyUnit } from "@/lib/kernel/money";

type Valued = Pick<DisbursementRow, "amountFen" | "amountKind" | "amountWording">;

/** The amount in the reader's unit; 未计价 in words, 约 before what was only estimated. */
export function AmountView({
  row,
  unit,
  withUnit = true,
}: {
  row: Valued;
  unit: MoneyUnit;
  /** Off in tables, whose header says it. */
  withUnit?: boolean;
}) {
  const t = useTranslations("disbursement.amount");
  const units = useTranslations("disbursement.unit");
  const amount = amountText(row, unit);
  if (amount.kind === "missing") return <span className="quiet">{t("missing")}</span>;
  if (amount.kind === "unvalued") return <span className="quiet">{t("unvalued")}</span>;
  return (
    <span className="nowrap">
      {amount.kind === "estimated" && <span className="quiet">{t("about")}</span>}
      {amount.text}
      {withUnit && ` ${units(unit)}`}
    </span>
  );
}
