import { useLocale, useTranslations } from "next-intl";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { knownAmount, knownText } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";

type Valued = Pick<DisbursementRow, "amountFen" | "amountKind">;

/** The amount in the reader's unit, or in words why there is none; 约 before what was only estimated. */
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
  const locale = useLocale() === "en" ? "en" : "zh-CN";
  const amount = knownAmount(row);
  // what a draft does not say yet is asked for by name
  if (amount.kind === "unknown") return <span className="quiet">{t("missing")}</span>;
  const text = knownText(amount, { locale, unit, exact: true });
  if (amount.kind !== "money") return <span className="quiet">{text}</span>;
  return (
    <span className="nowrap">
      {row.amountKind === "estimated" && <span className="quiet">{t("about")}</span>}
      {text}
      {withUnit && ` ${units(unit)}`}
    </span>
  );
}
