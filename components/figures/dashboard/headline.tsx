import { useTranslations } from "next-intl";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { wholeText } from "@/lib/kernel/written";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { explainHref, ledgerHref } from "@/lib/features/ledger/address";
import {
  balanceKnown,
  changeOf,
  permilleText,
  type Change,
  type DashboardView,
} from "@/lib/features/figures/present";
import { monthsOf, vouchersOf } from "@/lib/features/figures/rules";
import { knownText } from "@/lib/kernel/known";
import { monthsThrough } from "@/lib/kernel/year-axis";
import type { Balance, Totals } from "@/lib/features/figures/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { BalanceLeftOut, EarlierNote } from "@/components/figures/left-out";
import { earlierAmong, periodWords } from "@/lib/features/dashboard/rules";
import { money, sumWords, type Presentation } from "@/components/figures/presentation";

type Words = (change: Change | null) => string;

function useChangeWords(
  show: Presentation,
  { compare, filter }: Pick<DashboardView, "compare" | "filter">,
): Words {
  const t = useTranslations("dashboard.figure");
  const unit = useTranslations("common.unit")(show.unit);
  const part = compare && monthsOf(compare);
  const base = part
    ? t("basePart", { months: monthsThrough(show.locale, filter.yearAxis, part) })
    : t(filter.month === undefined ? "baseYear" : "baseMonth");
  return (change) => {
    if (change === null) return t("noBase", { base });
    const { increaseFen, permille } = change;
    if (increaseFen === 0n) return t("same", { base });
    const size = increaseFen < 0n ? -increaseFen : increaseFen;
    const amount = money(size, show);
    if (permille === null) return t("increaseOnly", { base, amount, unit });
    const percent = permilleText(permille < 0n ? -permille : permille);
    return t(increaseFen > 0n ? "increase" : "decrease", { base, amount, unit, percent });
  };
}

/** The other counts, each by itself; those that nobody counted are not mentioned. */
export function CountWords({ totals }: { totals: Totals }) {
  const t = useTranslations("labels.counted");
  const counted = COUNT_UNITS.filter((unit) => unit !== "persons" && totals[unit]);
  return counted.map((unit) => t(unit, { count: totals[unit] })).join(" · ");
}

/** What is left, and of how many organisations it does not tell. */
function BalanceWords({ balance, show }: { balance: Balance; show: Presentation }) {
  const t = useTranslations("dashboard.figure");
  const { spent, left } = balanceKnown(balance.totals);
  return (
    <>
      {t("balance", { spent: knownText(spent, show), balance: knownText(left, show) })}
      {left.kind === "money" && left.fen < 0n && t("overdrawn")}
      <BalanceLeftOut leftOut={balance.leftOut} />
    </>
  );
}

/** The four figures the page opens with; each opens what it is made of. */
export function Headline({ view, show }: { view: DashboardView; show: Presentation }) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const changeWords = useChangeWords(show, view);
  const { filter, now, before, balance } = view;
  const { totals, leftOut } = now;
  const base = before && vouchersOf(before.totals) !== 0 ? before.totals : null;
  const waiting = leftOut.draft + leftOut.submitted + leftOut.returned;
  const isEmpty = vouchersOf(totals) === 0;
  return (
    <StatRow label={t("figure.label")}>
      <StatFigure
        label={t("figure.spent", { period: periodWords(view, t) })}
        value={sumWords(isEmpty ? null : totals, show)}
        unit={unit}
        href={isEmpty ? undefined : explainHref(filter)}
        note={
          <>
            {changeWords(changeOf({ same: view.same.totals, before: base }))}
            <EarlierNote sum={earlierAmong(view, () => true)} filter={filter} show={show} />
          </>
        }
      />
      <StatFigure
        label={t("figure.received")}
        value={money(balance && balance.totals.receivedFen, show)}
        unit={unit}
        href={balance ? allotmentsHref({ year: filter.year, org: filter.org }) : undefined}
        note={
          balance ? (
            <BalanceWords balance={balance} show={show} />
          ) : (
            t(filter.yearAxis ? "figure.receivedStatistics" : "figure.receivedNarrow")
          )
        }
      />
      <StatFigure
        label={t("figure.reached")}
        value={isEmpty ? "—" : wholeText(totals.persons)}
        unit={t("unit.person")}
        href={isEmpty ? undefined : explainHref(filter)}
        note={
          <span title={t("figure.apart")}>
            <CountWords totals={totals} />
          </span>
        }
      />
      <StatFigure
        label={t("figure.records")}
        value={wholeText(totals.records)}
        unit={t("unit.record")}
        href={ledgerHref({ ...filter, only: "counted" })}
        note={waiting === 0 ? t("figure.noLeftOut") : t("figure.waiting", { count: waiting })}
      />
    </StatRow>
  );
}
