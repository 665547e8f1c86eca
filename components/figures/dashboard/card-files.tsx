import { useTranslations } from "next-intl";
import { CardMenu } from "@/components/figures/card-menu";
import { conditionsOf, useConditionWords } from "@/components/figures/filter-chips";
import type { Presentation } from "@/components/figures/presentation";
import { cardExportHref } from "@/lib/features/dashboard/address";
import type { CardId } from "@/lib/features/dashboard/types";
import type { DashboardView } from "@/lib/features/figures/present";
import { momentText } from "@/lib/kernel/written";
import { yearInName } from "@/lib/kernel/year-axis";

type CardFilesProps = { view: DashboardView; show: Presentation; card: CardId; title: string };

/** What is taken away of one card: its table, and its drawing. */
export function CardFiles({ view, show, card, title }: CardFilesProps) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const said = useConditionWords(view.reference, show, view.filter.yearAxis);
  const conditions = conditionsOf(view.filter)
    .map(({ name, value }) => `${t(`name.${name}`)} ${said(name, value)}`)
    .join(t("separator"));
  const href = (format: "xlsx" | "csv") =>
    cardExportHref(view.filter, { card, format, unit: show.unit });
  const drawing = {
    card,
    name: `${title}_${yearInName(show.locale, view.filter.yearAxis, view.filter.year)}_${view.filter.org}`,
    title,
    about: t("file.about", { unit, conditions }),
    stamp: t("foot.asOf", { at: momentText(view.now.asOf) }),
  };
  return (
    <CardMenu title={title} files={{ xlsx: href("xlsx"), csv: href("csv") }} drawing={drawing} />
  );
}
