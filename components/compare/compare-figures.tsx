import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { AppLink } from "@/components/ui/app-link";
import { compareHref } from "@/lib/features/compare/address";
import type {
  CompareAsked,
  CompareRow,
  CompareSection,
  CompareTable,
} from "@/lib/features/compare/types";
import { cardText } from "@/lib/features/dashboard/present";
import type { CardCell } from "@/lib/features/dashboard/types";
import { explainHref } from "@/lib/features/ledger/address";

type CompareFiguresProps = {
  section: CompareSection;
  columns: CompareTable["columns"];
  /** What stays where a name narrows the page. */
  asked: CompareAsked;
  show: Presentation;
};

/** A section as a table: every figure of a side a link to exactly its vouchers. */
export function CompareFigures({ section, columns, asked, show }: CompareFiguresProps) {
  const t = useTranslations("compare");
  const tTable = useTranslations("common.table");
  const cell = ({ value, opens }: CardCell, row?: CompareRow): FigureCell => {
    const text = cardText(value, show);
    if (!opens) return text;
    const href = explainHref(opens.filter);
    if (!row?.divided) return { value: text, href };
    return (
      <>
        {text} <AppLink href={href}>{t("vouchers")}</AppLink>
      </>
    );
  };
  return (
    <FigureTable
      caption={section.title}
      framed={false}
      columns={[
        { id: "name", header: section.nameHeader, width: "110px" },
        ...columns.map((column) => ({ ...column, align: "end" as const })),
      ]}
      rows={section.rows.map((row) => ({
        key: row.key,
        cells: [
          { value: row.label, href: row.only && compareHref(row.only, asked) },
          ...row.cells.map((one) => cell(one, row)),
        ],
      }))}
      totals={section.totals && [tTable("total"), ...section.totals.map((one) => cell(one))]}
    />
  );
}
