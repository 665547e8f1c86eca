import type { CardSheet } from "@/lib/features/card-files/present";
import { contributorySum } from "@/lib/features/figures/present";
import { ledgerWords } from "@/lib/features/files/labels";
import { summaryWords } from "@/lib/features/summary/labels";
import { amountText, beijingStamp } from "@/lib/features/summary/present";
import { peerWords } from "./present";
import { PER_UNIT, type CompareTable, type CompareView, type CompareWords } from "./types";

type Laying = {
  table: CompareTable;
  view: CompareView;
  words: CompareWords;
  /** The filter in words. */
  filter: string;
  checkpoint: string | null;
};

/** What the total of each side does not hold. */
function leftOutOf({ table, view, words }: Laying): string {
  const w = summaryWords(words.locale);
  const colon = words.locale === "en" ? ": " : "：";
  return view.sides
    .map(({ leftOut }, at) => {
      const apart = amountText(contributorySum(leftOut), { ...words, exact: true });
      return `${table.names[at]}${colon}${w.leftOut(leftOut, apart)}`;
    })
    .join(words.locale === "en" ? " " : "");
}

/** The comparison as a file has it: section below section, as on the page. */
export function compareSheet(laying: Laying): CardSheet {
  const { table, view, words } = laying;
  const { locale, unit } = words;
  const w = summaryWords(locale);
  const file = ledgerWords(locale);
  const colon = locale === "en" ? ": " : "：";
  return {
    title: table.title,
    head: [
      [file.filter, laying.filter],
      [words.dashboard("file.unit"), w.unitName[unit]],
      [file.leftOut, leftOutOf(laying)],
      [file.asOf, beijingStamp(view.asOf)],
    ],
    columns: table.columns.map(({ group, header }) => ({ group, header })),
    nameHeader: words.compare("measure"),
    noteHeader: w.notes,
    lines: table.sections.flatMap((section) => [
      {
        name: section.title,
        kind: "subtotal" as const,
        cells: section.totals ?? [],
        note: section.note ?? "",
      },
      ...section.rows.map(({ label, cells }) => ({
        name: `　${label}`,
        kind: "unit" as const,
        cells,
        note: "",
      })),
    ]),
    notes: [
      ...view.sides.flatMap((side, at) =>
        PER_UNIT.flatMap((of) => {
          const said = peerWords({ side, unit: of }, { view, words });
          return said === null ? [] : [`${table.names[at]}${colon}${said}`];
        }),
      ),
      ...table.notes,
      ...(view.origin === "demo" ? [w.demo] : view.origin === "published" ? [w.published] : []),
      ...(laying.checkpoint ? [laying.checkpoint] : []),
    ],
  };
}
