import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ComparisonBars, type ComparisonSeries } from "@/components/chart/comparison-bars";
import { plotValue, type Plotted } from "@/components/chart/prepare";
import type { Presentation } from "@/components/figures/presentation";
import { compareHref } from "@/lib/features/compare/address";
import { SIDES, type CompareAsked, type CompareSection } from "@/lib/features/compare/types";
import type { CardCell } from "@/lib/features/dashboard/types";
import { cardText } from "@/lib/features/dashboard/present";
import { explainHref } from "@/lib/features/ledger/address";

const TONES = ["now", "before", "accent"] as const;

type CompareBarsProps = {
  section: CompareSection;
  names: readonly string[];
  asked: CompareAsked;
  show: Presentation;
  card: {
    id: string;
    table: ReactNode;
    tools: ReactNode;
    face?: "chart" | "tiles" | "table" | undefined;
  };
};

/** The sides drawn on one scale, a bar of each under every name. */
export function CompareBars({ section, names, asked, show, card }: CompareBarsProps) {
  const t = useTranslations("compare");
  const tChart = useTranslations("dashboard.chart");
  const unit = useTranslations("common.unit")(show.unit);
  const plotted = ({ value }: CardCell): Plotted => ({
    value: value.kind === "money" ? plotValue(value.fen, show.unit) : null,
    text: cardText(value, show),
  });
  const series = names.map((label, at): ComparisonSeries => ({
    key: SIDES[at] ?? "a",
    label,
    tone: TONES[at] ?? "now",
  }));
  const bySide = <T,>(of: (at: number) => T) =>
    Object.fromEntries(series.map(({ key }, at) => [key, of(at)]));
  return (
    <ComparisonBars
      {...card}
      title={section.title}
      unit={unit}
      subtitle={
        <>
          {section.note ?? t("oneScale")}
          <span className="no-print"> · {tChart("narrowBars")}</span>
        </>
      }
      emptyReason={t("nothing")}
      series={series}
      rows={section.rows.map(({ key, label, only, cells }) => ({
        key,
        label,
        figures: bySide((at) => plotted(cells[at] ?? { value: { kind: "unknown" } })),
        hrefs: bySide((at) => {
          const opens = cells[at]?.opens;
          return opens && explainHref(opens.filter);
        }),
        narrow: only && {
          href: compareHref(only, asked),
          label: tChart("onlyThis", { name: label }),
        },
      }))}
    />
  );
}
