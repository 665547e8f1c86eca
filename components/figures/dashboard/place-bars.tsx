import { useTranslations } from "next-intl";
import { ChartFrame } from "@/components/chart/chart-frame";
import { barLengths, plotValue } from "@/components/chart/prepare";
import { AppLink } from "@/components/ui/app-link";
import { dashboardHref } from "@/lib/features/figures/address";
import { explainHref } from "@/lib/features/ledger/address";
import { groupPlaces, type DashboardView, type PlaceRow } from "@/lib/features/figures/present";
import { placeName, placeShortName } from "@/lib/features/reference/present";
import { knownSum } from "@/lib/kernel/known";
import { yearName } from "@/lib/kernel/year-axis";
import styles from "./place-bars.module.css";
import type { CardParts } from "./charts";
import { sumWords, type Presentation } from "@/components/figures/presentation";

type PlaceBarsProps = {
  view: DashboardView;
  rows: readonly PlaceRow[];
  show: Presentation;
  title: string;
  card: CardParts;
};

/** Every county on one screen, under its prefecture and in the order of the code; drawn by the server. */
export function PlaceBars({ view, rows, show, title, card }: PlaceBarsProps) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const leaves = rows.filter((row) => row.kind !== "subtree");
  const values = leaves.map((row) => {
    const known = knownSum(row.now);
    return known.kind === "money" ? plotValue(known.fen, show.unit) : null;
  });
  const lengths = barLengths(values);
  const lengthOf = new Map(leaves.map((row, index) => [row.key, lengths[index] ?? null]));

  function amount(row: PlaceRow) {
    if (row.now === null) return "—";
    return <AppLink href={explainHref(row.filter)}>{sumWords(row.now, show)}</AppLink>;
  }

  function name(row: PlaceRow) {
    if (row.kind === "own")
      return t(row.place.kind === "PROVINCE" ? "table.ownProvince" : "table.ownShort");
    const { organisation: _organisation, ...rest } = row.filter;
    return (
      <AppLink href={dashboardHref({ ...rest, org: row.place.code }, view.look)}>
        {placeShortName(row.place, show.locale)}
      </AppLink>
    );
  }

  return (
    <ChartFrame
      {...card}
      title={title}
      unit={unit}
      subtitle={`${t("chart.codeOrder")} · ${t("chart.drill")}`}
      emptyReason={
        view.now.totals.records === 0
          ? t("chart.empty", {
              year: yearName(show.locale, view.filter.yearAxis, view.filter.year),
            })
          : undefined
      }
    >
      <div className={styles.columns}>
        {groupPlaces(rows).map(({ head, lines }) => (
          <div key={lines[0]?.key ?? head?.key} className={styles.group}>
            {head && (
              <p className={styles.groupName}>
                {name(head)}
                <span className={styles.amount}>{amount(head)}</span>
              </p>
            )}
            <ol className={styles.list}>
              {lines.map((row) => (
                <li key={row.key} className={styles.line}>
                  <span className={styles.name} title={placeName(row.place, show.locale)}>
                    {name(row)}
                  </span>
                  <span className={styles.track} aria-hidden>
                    <span
                      className={styles.bar}
                      data-below={(lengthOf.get(row.key) ?? 0) < 0 || undefined}
                      style={{ width: `${Math.abs(lengthOf.get(row.key) ?? 0)}%` }}
                    />
                  </span>
                  <span className={styles.amount}>{amount(row)}</span>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </ChartFrame>
  );
}
