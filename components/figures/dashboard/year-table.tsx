import { useTranslations } from "next-intl";
import { FigureTable, type FigureCell, type FigureColumn } from "@/components/table/figure-table";
import { wholeText } from "@/lib/kernel/written";
import { explainHref } from "@/lib/features/ledger/address";
import {
  changeOf,
  comparedFilter,
  permilleText,
  type Sum,
  type YearPair,
} from "@/lib/features/figures/present";
import { monthsOf } from "@/lib/features/figures/rules";
import type { ComparedPeriod } from "@/lib/features/figures/types";
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
  /** Null: there is no year beside, only this one. */
  compare: ComparedPeriod | null;
  show: Presentation;
};

const COUNTS = ["records", "persons", "households", "personTimes"] as const;

/** Nobody counted is no zero; records that were corrected away are one. */
function countCell(
  totals: Sum | null,
  unit: (typeof COUNTS)[number],
  filter: FigureFilter,
): FigureCell {
  if (totals === null || (totals[unit] === 0 && unit !== "records")) return "—";
  return { value: wholeText(totals[unit]), href: explainHref(filter) };
}

/** One year beside the one before, every amount a link to the vouchers that sum to it. */
export function YearTable(props: YearTableProps) {
  const { caption, nameHeader, year, lines, totals, compare, show } = props;
  const t = useTranslations("dashboard.table");
  const names = useTranslations("labels.countName");
  const unit = useTranslations("common.unit")(show.unit);
  const group = useTranslations("common.table")("headerWithUnit", { header: t("amount"), unit });
  const end = { align: "end" as const };
  const part = compare ? monthsOf(compare) : undefined;
  const columns: FigureColumn[] = [
    { id: "name", header: nameHeader, width: "150px" },
    { id: "now", header: t("now", { year: String(year) }), group, ...end },
    ...(part
      ? [{ id: "same", header: t("part", { year: String(year), month: part }), group, ...end }]
      : []),
    {
      id: "before",
      header: part
        ? t("part", { year: String(year - 1), month: part })
        : t("before", { year: String(year - 1) }),
      group,
      ...end,
    },
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
    const change = compare ? changeOf(line) : null;
    return [
      name,
      amount(line.now, line.filter),
      ...(part ? [amount(line.same, comparedFilter(line.filter, compare, 0))] : []),
      amount(line.before, comparedFilter(line.filter, compare, 1)),
      change === null ? "—" : money(change.increaseFen, show),
      change === null ? "—" : permilleText(change.permille),
      ...COUNTS.map((count) => countCell(line.now, count, line.filter)),
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
