import type { CardSheet } from "@/lib/features/card-files/present";
import { contributorySum } from "@/lib/features/figures/present";
import { ledgerWords } from "@/lib/features/files/labels";
import { summaryWords } from "@/lib/features/summary/labels";
import { amountText, beijingStamp } from "@/lib/features/summary/present";
import type { CrossTable } from "./present";
import { isMoney } from "./rules";
import type { Cross, CrossView, CrossWords } from "./types";

type Laying = {
  table: CrossTable;
  cross: Cross;
  view: CrossView;
  words: CrossWords;
  /** The filter in words. */
  filter: string;
  checkpoint: string | null;
};

function leftOutOf({ cross, words }: Laying): string {
  const w = summaryWords(words.locale);
  const { leftOut } = cross;
  const apart = amountText(contributorySum(leftOut), { ...words, exact: true });
  return [
    w.leftOut(leftOut, apart),
    ...(leftOut.unvalued ? [w.unvaluedNote(leftOut.unvalued)] : []),
    ...(leftOut.estimated ? [w.estimated(leftOut.estimated)] : []),
  ].join(words.locale === "en" ? " " : "");
}

/** A cross table as a file has it: the lines that stand on the page, in its order. */
export function crossSheet(laying: Laying): CardSheet {
  const { table, cross, view, words } = laying;
  const { locale, unit, dashboard, cross: t } = words;
  const w = summaryWords(locale);
  const file = ledgerWords(locale);
  return {
    title: table.title,
    head: [
      [file.filter, laying.filter],
      ...(isMoney(view.shape.measure)
        ? [[dashboard("file.unit"), w.unitName[unit]] as [string, string]]
        : []),
      [file.leftOut, leftOutOf(laying)],
      [file.asOf, beijingStamp(cross.asOf)],
    ],
    columns: table.columns.map(({ group, label, kind }) => ({
      group: kind === "apart" ? t("apart") : group,
      header: label,
    })),
    nameHeader: table.corner,
    noteHeader: w.notes,
    lines: table.rows.map((row, at) => ({
      name: `${"　".repeat(row.level)}${row.kind === "apart" ? `${t("apart")}：` : ""}${row.label}`,
      kind: row.kind === "item" || row.kind === "apart" ? "unit" : row.kind,
      cells: table.cells[at] ?? [],
      note: [row.note ?? [], row.missing ?? []].flat().join(locale === "en" ? "; " : "；"),
    })),
    notes: [
      ...table.notes,
      ...(view.origin === "demo" ? [w.demo] : view.origin === "published" ? [w.published] : []),
      ...(laying.checkpoint ? [laying.checkpoint] : []),
    ],
  };
}
