import { useTranslations } from "next-intl";
import { CardMenu } from "@/components/figures/card-menu";
import { conditionsOf, useConditionWords } from "@/components/figures/filter-chips";
import type { Presentation } from "@/components/figures/presentation";
import { compareExportHref } from "@/lib/features/compare/address";
import type {
  CompareAsked,
  CompareSection,
  CompareTable,
  CompareView,
} from "@/lib/features/compare/types";
import { momentText } from "@/lib/kernel/written";

type CompareFilesProps = {
  view: CompareView;
  show: Presentation;
  asked: CompareAsked;
  table: CompareTable;
  section: CompareSection;
  /** The card whose drawing is taken away too. */
  drawn?: string | undefined;
};

/** What is taken away of one section; its drawing says what stands side by side. */
export function CompareFiles({ view, show, asked, table, section, drawn }: CompareFilesProps) {
  const t = useTranslations("dashboard");
  const tCompare = useTranslations("compare");
  const unit = useTranslations("common.unit")(show.unit);
  const { common, reference, asOf } = view;
  const said = useConditionWords(reference, show, common.yearAxis);
  const conditions = conditionsOf(common)
    .map(({ name, value }) => `${t(`name.${name}`)} ${said(name, value)}`)
    .join(t("separator"));
  const title = `${table.title}${tCompare("colon")}${section.title}`;
  const href = (format: "xlsx" | "csv") =>
    compareExportHref(common, asked, { format, unit: show.unit, section: section.id });
  return (
    <CardMenu
      title={section.title}
      files={{ xlsx: href("xlsx"), csv: href("csv") }}
      drawing={
        drawn === undefined
          ? undefined
          : {
              card: drawn,
              name: title.replace(/[\s/\\:*?"<>|：]+/g, "_"),
              title,
              about: t("file.about", { unit, conditions }),
              stamp: t("foot.asOf", { at: momentText(asOf) }),
            }
      }
    />
  );
}
