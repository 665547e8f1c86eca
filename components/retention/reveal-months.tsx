import { useLocale, useTranslations } from "next-intl";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { nameOf } from "@/lib/features/reference/present";
import type { PersonalData } from "@/lib/features/retention/types";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";

/** Who looked how often, by month: counts, and not at whom. */
export function RevealMonths({ reveals }: { reveals: PersonalData["reveals"] }) {
  const t = useTranslations("personalData.months");
  const words = useTranslations("reveals");
  const locale = useLocale() as Locale;
  return (
    <Card title={t("title")} note={t("lead")}>
      {reveals.length === 0 ? (
        <p className="quiet">{t("empty")}</p>
      ) : (
        <FigureTable
          caption={t("title")}
          framed={false}
          columns={[
            { id: "month", header: t("month") },
            { id: "user", header: words("column.user") },
            { id: "what", header: words("column.what") },
            { id: "reveals", header: words("column.reveals"), align: "end" },
            { id: "byTwo", header: words("column.byTwo"), align: "end" },
            { id: "lines", header: words("column.lines"), align: "end" },
          ]}
          rows={reveals.map(({ user, day, what, reveals: looks, byTwo, lines }) => ({
            key: `${user.id} ${day} ${what}`,
            cells: [day.slice(0, 7), nameOf(user, locale), words(`what.${what}`), wholeText(looks), wholeText(byTwo), wholeText(lines)], // prettier-ignore
          }))}
        />
      )}
    </Card>
  );
}
