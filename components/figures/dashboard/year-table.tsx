import { useTranslations } from "next-intl";
import { FigureTable, type FigureCell, type FigureColumn } from "@/components/table/figure-table";
import { wholeText } from "@/lib/kernel/written";
import { explainHref } from "@/lib/features/ledger/address";
import {
  changeOf,
  lastYear,
  permilleText,
  type Sum,
  type YearPair,
} from "@/lib/features/figures/present";
import type { FigureFilter } from "@/lib/features/filter/types";
import { money, sumWords, type Presentation } from "@/components/figures/presentation";

export type YearLine = YearPair & {
  key: string;
  label: string;
  /** Narrows the page to this line. */
  href?: string | undefined;
  /** Opens the vouchers of this line. */
  filter: FigureFilter;
  level?: number | undefined;
  emphasis?: boolean | undefined;
};

type YearTableProps = {
  caption: string;
  nameHeader: string;
  year: number;
  lines: readonly YearLine[];
  totals: YearPair & { filter: FigureFilter };
  /** Without it there is no year beside, only this one. */
  compared: boolean;
  show: Presentation;
};

const COUNTS = ["records", "persons", "households", "personTimes"] as const;

function countCell(totals: Sum | null, unit: (typeof COUNTS)[number]): string {
  return totals === null || totals[unit] === 0 ? "—" : wholeText(totals[unit]);
}

/** One year beside the one before, every amount a link to the vouchers that sum to it. */
export function YearTable(props: YearTableProps) {
  const { caption, nameHeader, year, lines, totals, compared, show } = props;
  const t = useTranslations("dashboard.table");
  const names = useTranslations("labels.countName");
  const unit = useTranslations("common.unit")(show.unit);
  const group = useTranslations("common.table")("headerWithUnit", { header: t("amount"), unit });
  const end = { align: "end" as const };
  const columns: FigureColumn[] = [
    { id: "name", header: nameHeader, width: "150px" },
    { id: "now", header: t("now", { year: String(year) }), group, ...end },
    { id: "before", header: t("before", { year: String(year - 1) }), group, ...end },
    { id: "increase", header: t("increase"), group, ...end },
    { id: "percent", header: t("percent"), group, ...end },
    ...COUNTS.map((count) => ({
      id: count,
      header: count === "records" ? t(count) : names(count),
      ...end,
    })),
  ];

  function amount(part: Sum | null, filter: FigureFilter): FigureCell {
    const value = sumWords(part, show);
    return part === null ? value : { value, href: explainHref(filter) };
  }

  function cells(name: FigureCell, line: YearPair & { filter: FigureFilter }): FigureCell[] {
    const change = compared ? changeOf(line) : null;
    return [
      name,
      amount(line.now, line.filter),
      amount(line.before, lastYear(line.filter)),
      change === null ? "—" : money(change.increaseFen, show),
      change === null ? "—" : permilleText(change.permille),
      ...COUNTS.map((count) => countCell(line.now, count)),
    ];
  }

  return (
    <FigureTable
      caption={caption}
      framed={false}
      columns={columns}
      rows={lines.map((line) => ({
        key: line.key,
        level: line.level,
        emphasis: line.emphasis,
        cells: cells(line.href ? { value: line.label, href: line.href } : line.label, line),
      }))}
      totals={cells(t("total"), totals)}
    />
  );
}
