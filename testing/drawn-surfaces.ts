import { barLengths, plotValue, prepareMonths } from "@/components/chart/prepare";
import { getCross } from "@/lib/features/cross/queries";
import type { CrossAxis, CrossLine, CrossMeasure } from "@/lib/features/cross/types";
import { cardOf } from "@/lib/features/dashboard/present";
import { getDashboard } from "@/lib/features/dashboard/queries";
import { kindRows, leavesOf, monthsIn, placesOf } from "@/lib/features/dashboard/rules";
import { CARDS, type CardTable, type CardValue } from "@/lib/features/dashboard/types";
import type { Sum } from "@/lib/features/figures/present";
import type { Reference } from "@/lib/features/reference/types";
import { knownSum } from "@/lib/kernel/known";
import { cardSayings } from "@/lib/platform/card-words";
import type { RawAxis, RawSum } from "./raw-figures";
import type { Case } from "./surfaces";

/** What is drawn: the bars of the dashboard with their tables, and the cross table. */

/** By which axes the dashboard's cards are; asked of the rows beside the two axes that were drawn. */
export const CARD_SETS: RawAxis[][] = [
  ["organisation"],
  ["month"],
  ["programme"],
  ["fundSource"],
  ["recipientKind"],
  ["aidCategory"],
  ["form"],
  ["campaign"],
  ["organisation", "programme"],
];

export type Places = {
  reference: Reference;
  /** Itself and everything below it, by code, walked up in the table of organisations. */
  below: Map<string, string[]>;
  /** The programmes of a season. */
  seasons: Map<string, string[]>;
};

/** No bar and no amount where no voucher is, or none that has an amount. */
export function barOf({ amountFen, records, vouchers, unvalued, withoutMoney }: RawSum): string {
  const bare = unvalued + withoutMoney;
  if (vouchers === 0) return "null";
  return amountFen === "0" && bare === records && bare !== 0 ? "null" : amountFen;
}
/** A bar in yuan, as fen. */
const drawn = (value: number | null) => (value === null ? "null" : String(Math.round(value * 100)));
const plotted = (sum: Sum | null) => {
  const known = knownSum(sum);
  return { value: known.kind === "money" ? plotValue(known.fen, "yuan") : null, text: "" };
};

const COUNT_COLUMNS = ["records", "persons", "households", "personTimes"] as const;
const counted = (value: CardValue | undefined) => (value?.kind === "count" ? value.count : 0);
const money = (value: CardValue | undefined) => (value?.kind === "money" ? String(value.fen) : "null"); // prettier-ignore

function sameCard(card: CardTable, one: Case, keysOf: (key: string) => Record<string, string[]>) {
  const { comparison, raw } = one;
  const at = (id: string) => card.columns.findIndex((column) => column.id === id);
  const lines = [
    ...card.rows.map((row) => ({ key: row.key, cells: row.cells, sum: raw.sum(keysOf(row.key)) })),
    { key: "total", cells: card.totals, sum: raw.total() },
  ];
  for (const { key, cells, sum } of lines) {
    const name = `${JSON.stringify(one.filter)} ${card.id} ${key}`;
    comparison.same("chart", name, { now: money(cells[at("now")]?.value) }, { now: barOf(sum) });
    const counts = Object.fromEntries(COUNT_COLUMNS.map((id) => [id, counted(cells[at(id)]?.value)])); // prettier-ignore
    comparison.same("chart", name, counts, sum);
  }
}

/** Every card that the dashboard draws under the filter: the length of each bar, and the table on its other side. */
export async function compareCharts(one: Case, { below }: Places): Promise<void> {
  const { comparison, raw, filter, context } = one;
  const view = await getDashboard({ ...context, asked: filter, today: "2026-11-20" });
  const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
  const name = JSON.stringify(filter);
  const months = monthsIn(view);
  const figures = months.map(({ month, now }) => ({ month, now: plotted(now) }));
  const slots = prepareMonths({
    months: figures.filter(({ month }) => month !== 0),
    unknown: figures.find(({ month }) => month === 0),
    monthLabel: String,
    unknownLabel: "0",
    unknownShort: "0",
  });
  for (const slot of slots.filter(({ kind }) => kind !== "gap"))
    comparison.same("chart", `${name} month`, { [slot.label]: drawn(slot.now) }, { [slot.label]: barOf(raw.sum({ month: [slot.label] })) }); // prettier-ignore
  const places = placesOf(view);
  const payers = (key: string) => key.startsWith("own-") ? [key.slice(4)] : (below.get(key) ?? [key]); // prettier-ignore
  const bars = leavesOf(places).map((row) => [row.key, plotted(row.now).value] as const);
  const lengths = barLengths(bars.map(([, value]) => value));
  bars.forEach(([key, value], at) => {
    const sum = raw.sum({ organisation: payers(key) });
    comparison.same("chart", `${name} bar`, { [key]: drawn(value) }, { [key]: barOf(sum) });
    comparison.same("chart", `${name} length`, { [key]: lengths[at] === null }, { [key]: barOf(sum) === "null" }); // prettier-ignore
  });
  for (const id of CARDS) {
    const card = cardOf(id, view, words);
    if (card === null || id === "balance") continue;
    if (id === "places") sameCard(card, one, (key) => ({ organisation: payers(key) }));
    else if (id === "months") sameCard(card, one, (key) => ({ month: [key] }));
    else if (id === "cross") sameCrossCard(card, one, payers);
    else {
      const axis = { programmes: "programme", sources: "fundSource", recipients: "recipientKind", categories: "aidCategory", forms: "form", campaigns: "campaign" } as const; // prettier-ignore
      sameCard(card, one, (key) => ({ [axis[id]]: [key] }));
      const drawnRows = kindRows(axis[id], view, words).filter(({ now }) => now !== null);
      const groups = raw.groups([axis[id]]);
      comparison.same("chart", `${name} ${id}`, { bars: drawnRows.filter(({ key }) => groups.has(key)).length }, { bars: groups.has("") && id !== "campaigns" ? groups.size - 1 : groups.size }); // prettier-ignore
    }
  }
}

/** County × programme. */
function sameCrossCard(card: CardTable, one: Case, payers: (key: string) => string[]): void {
  const name = `${JSON.stringify(one.filter)} county × programme`;
  for (const row of card.rows)
    card.columns.forEach(({ id }, at) => {
      if (id === "persons" || id === "households") return;
      const organisation = payers(row.key);
      const sum = one.raw.sum(
        id === "total" ? { organisation } : { organisation, programme: [id] },
      );
      one.comparison.same("chart", `${name} ${row.key}`, { [id]: money(row.cells[at]?.value) }, { [id]: barOf(sum) }); // prettier-ignore
    });
}

/** The values of an axis that a line gathers; null: all. */
export function gathered(
  axis: CrossAxis,
  { kind, code, own }: Pick<CrossLine, "kind" | "code" | "own">,
  places: Places,
): string[] | null {
  // prettier-ignore
  if (kind === "total") return null;
  if (axis === "organisation" && !own) return places.below.get(code) ?? [code];
  if (axis === "programme" && kind === "subtotal") return places.seasons.get(code) ?? [];
  return [code];
}

/** Every cell, subtotal, edge and corner, and what stands apart; and no value of an axis is without its line. */
export async function compareCross(
  one: Case,
  measure: Extract<CrossMeasure, keyof RawSum>,
  places: Places,
): Promise<void> {
  const { comparison, raw, context, stamp } = one;
  const [rows, columns] = one.axes as [CrossAxis, CrossAxis];
  const filter = { ...one.filter, ...stamp };
  const { reference } = places;
  const asked = { ...context, filter, shape: { rows, columns, measure }, reference };
  const cross = await getCross({ ...asked, places: reference.organisations });
  if ("tooLarge" in cross) throw new Error(`${cross.tooLarge} cells`);
  const name = `${JSON.stringify(filter)} ${rows}×${columns} ${measure}`;
  cross.cells.forEach((line, r) =>
    line.forEach((cell, c) => {
      const [row, column] = [cross.rowLines[r] as CrossLine, cross.columnLines[c] as CrossLine];
      const [ofRow, ofColumn] = [gathered(rows, row, places), gathered(columns, column, places)];
      const part = [row, column].some(({ kind }) => kind === "apart") ? "contributory" : "counted";
      const sum = raw.sum(
        { ...(ofRow && { [rows]: ofRow }), ...(ofColumn && { [columns]: ofColumn }) },
        part,
      );
      const { records, unvalued, estimated } = cell;
      const found = { [measure]: cell.value ?? 0, records, unvalued, estimated };
      comparison.same("cross table", `${name} ${row.key}/${column.key}`, found, sum);
    }),
  );
  for (const [axis, lines] of [[rows, cross.rowLines], [columns, cross.columnLines]] as const) {
    const there = new Set(lines.flatMap((line) => gathered(axis, line, places) ?? []));
    const missing = [...raw.groups([axis]).keys()].filter((key) => !there.has(key));
    comparison.same("cross table", `${name} ${axis}`, { missing: missing.join() }, { missing: "" });
  } // prettier-ignore
}
