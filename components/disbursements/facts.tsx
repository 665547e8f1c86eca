import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { countsInOrder, whenText } from "@/lib/features/disbursements/present";
import { moneyText, wholeText } from "@/lib/kernel/written";
import type { Names } from "@/lib/features/reference/present";
import type { DisbursementDetail, DisbursementRow } from "@/lib/features/disbursements/types";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

type When = Pick<DisbursementRow, "paidOn" | "periodFrom" | "periodTo" | "month">;

/** The day, or the period with 月份不详 where by-month tables cannot place it. */
export function WhenView({ row }: { row: When }) {
  const t = useTranslations("disbursement.when");
  const when = whenText(row, useLocale() as Locale);
  if (when.kind === "none") return <span className="quiet">{t("none")}</span>;
  if (when.kind === "day") return <span className="nowrap">{when.day}</span>;
  return (
    <span>
      {t("period", { from: when.from, to: when.to })}
      {when.monthUnknown && (
        <span className="quiet">
          {t(row.periodFrom && row.periodTo ? "acrossMonths" : "monthUnknown")}
        </span>
      )}
    </span>
  );
}

/** "3 户 9 人": side by side, never added up. */
export function CountsView({
  counts,
  mainUnit,
}: {
  counts: DisbursementRow["counts"];
  mainUnit?: CountUnit | undefined;
}) {
  const t = useTranslations("disbursement");
  const counted = useTranslations("labels.counted");
  const shown = countsInOrder(counts, mainUnit);
  if (shown.length === 0) return <span className="quiet">{t("notCounted")}</span>;
  return shown.map(({ unit, count }, index) => (
    <Fragment key={unit}>
      {index > 0 && " · "}
      <span className="nowrap">{counted(unit, { count })}</span>
    </Fragment>
  ));
}

/** 600.00 元 × 21 户 × 1 次, always in yuan: a rate in 万元 says nothing to anybody. */
export function RateView({
  rate,
  counts,
}: {
  rate: NonNullable<DisbursementDetail["rate"]>;
  counts: DisbursementRow["counts"];
}) {
  const t = useTranslations("disbursement.rate");
  const counted = useTranslations("labels.counted");
  const { unitFen, count, times } = rate;
  const unit = COUNT_UNITS.find((one) => counts[one] === count);
  return (
    <>
      {t("formula", {
        unit: moneyText(unitFen, "yuan"),
        count: unit ? counted(unit, { count }) : t("counted", { count: wholeText(count) }),
        times,
      })}
      {rate.note && <span className="quiet">{t("note", { note: rate.note })}</span>}
    </>
  );
}

/** One line a source; a single source carries the whole. */
export function SharesView({
  shares,
  names,
  unit,
}: {
  shares: DisbursementRow["shares"];
  names: Names;
  unit: MoneyUnit;
}) {
  const t = useTranslations("disbursement");
  const units = useTranslations("disbursement.unit");
  if (shares.length === 0) return <span className="quiet">{t("noShares")}</span>;
  return shares.map((share) => (
    <div key={share.fundSource}>
      {names.fundSource(share.fundSource)}
      {share.amountFen !== null && (
        <span className="nowrap"> {`${moneyText(share.amountFen, unit)} ${units(unit)}`}</span>
      )}
    </div>
  ));
}
