import { useLocale, useTranslations } from "next-intl";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import type { ImportView } from "@/lib/features/imports/schema";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { knownFen, knownText } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";

/** How many rows, what became of them, and their sums to lay beside those of the table. */
export function ImportFacts({ view }: { view: ImportView }) {
  const t = useTranslations("imports.facts");
  const tLabels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { rows, good, bad, known, entered, undone, totals } = view;
  const counts = COUNT_UNITS.flatMap((unit) => {
    const count = totals.counts[unit];
    const word = tLabels(`countUnit.${unit}`);
    return count === undefined ? [] : [`${wholeText(count)}${locale === "en" ? " " : ""}${word}`];
  });
  const shown = [
    ["rows", rows],
    ["good", good],
    ["bad", bad],
    ["known", known],
    ["entered", entered],
    ["undone", undone],
  ] as const;
  return (
    <StatRow label={t("label")}>
      {shown
        .filter(([name, count]) => count > 0 || name === "rows" || name === "bad")
        .map(([name, count]) => (
          <StatFigure
            key={name}
            label={t(name)}
            value={wholeText(count)}
            tone={name === "bad" && count > 0 ? "warning" : "normal"}
          />
        ))}
      <StatFigure
        label={t("amount")}
        value={knownText(knownFen(totals.amountFen), { locale, unit: "yuan" })}
        unit={locale === "en" ? "yuan" : "元"}
        note={t("amountNote")}
      />
      {counts.length > 0 && (
        <StatFigure label={t("counts")} value={counts.join(locale === "en" ? ", " : "，")} />
      )}
    </StatRow>
  );
}
