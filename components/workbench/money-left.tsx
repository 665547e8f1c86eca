import { useLocale, useTranslations } from "next-intl";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";
import { balanceKnown } from "@/lib/features/figures/present";
import { BalanceLeftOut } from "@/components/figures/left-out";
import type { Presentation } from "@/components/figures/presentation";
import { knownText } from "@/lib/kernel/known";
import type { Workbench } from "@/lib/features/workbench/types";
import type { MoneyUnit } from "@/lib/kernel/money";

export const useShow = (unit: MoneyUnit): Presentation => ({
  unit,
  locale: useLocale() === "en" ? "en" : "zh-CN",
});

/** 到位 / 支出 / 结余 side by side, each opening what it is made of. */
export function MoneyLeft({ bench, unit }: { bench: Workbench; unit: MoneyUnit }) {
  const t = useTranslations("workbench.money");
  const units = useTranslations("disbursement.unit");
  const show = useShow(unit);
  const { received, spent, left } = balanceKnown(bench.balance.totals);
  const { year } = bench;
  const over = left.kind === "money" && left.fen < 0n;
  return (
    <StatRow label={t("label", { year })}>
      <StatFigure
        label={t("received", { year })}
        value={knownText(received, show)}
        unit={units(unit)}
        href={allotmentsHref({ year })}
      />
      <StatFigure
        label={t("spent", { year })}
        value={knownText(spent, show)}
        unit={units(unit)}
        href={explainHref({ year })}
      />
      <StatFigure
        label={t("balance")}
        value={knownText(left, show)}
        unit={units(unit)}
        note={
          <>
            {over && t("over")}
            <BalanceLeftOut leftOut={bench.balance.leftOut} />
          </>
        }
        tone={over ? "warning" : "normal"}
      />
    </StatRow>
  );
}

/** The year so far, each figure leading to the dashboard it stands on. */
export function Headline({ bench, unit }: { bench: Workbench; unit: MoneyUnit }) {
  const t = useTranslations("workbench.headline");
  const units = useTranslations("disbursement.unit");
  const counted = useTranslations("labels.countUnit");
  const { year, totals, leftOut } = bench;
  const show = useShow(unit);
  const { received, spent, left } = balanceKnown(bench.balance.totals);
  const waiting = leftOut.draft + leftOut.submitted + leftOut.returned;
  return (
    <StatRow label={t("label", { year })}>
      <StatFigure
        label={t("spent", { year })}
        value={knownText(spent, show)}
        unit={units(unit)}
        note={t("records", { count: totals.records })}
        href={dashboardHref({ year })}
      />
      <StatFigure
        label={t("received")}
        value={knownText(received, show)}
        unit={units(unit)}
        note={
          <>
            {t("balance", { amount: knownText(left, show), unit: units(unit) })}
            <BalanceLeftOut leftOut={bench.balance.leftOut} />
          </>
        }
        href={allotmentsHref({ year })}
      />
      <StatFigure
        label={t("reached")}
        value={totals.personTimes.toLocaleString("en-US")}
        unit={counted("personTimes")}
        note={t("others", { persons: totals.persons, households: totals.households })}
        href={dashboardHref({ year })}
      />
      <StatFigure
        label={t("waiting")}
        value={waiting}
        unit={t("recordsUnit")}
        note={t("waitingNote", {
          draft: leftOut.draft,
          submitted: leftOut.submitted,
          returned: leftOut.returned,
        })}
      />
    </StatRow>
  );
}
