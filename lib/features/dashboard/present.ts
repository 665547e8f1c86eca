import {
  addTotals,
  balanceKnown,
  changeOf,
  comparedFilter,
  earlierWords,
  permilleText,
  type DashboardView,
  type PlaceRow,
  type Sum,
  type YearPair,
} from "@/lib/features/figures/present";
import { monthsOf, type FigureCell } from "@/lib/features/figures/rules";
import type { BalanceSums, FigureWords } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import { placeName, placeShortName } from "@/lib/features/reference/present";
import { knownFen, knownSum, knownText, type Known } from "@/lib/kernel/known";
import { wholeText } from "@/lib/kernel/written";
import { monthsThrough, yearName } from "@/lib/kernel/year-axis";
import {
  CARD_AXES,
  earlierAmong,
  folded,
  kindRows,
  leavesOf,
  monthsIn,
  paidBy,
  periodWords,
  placesOf,
  rateCells,
  ratesAmong,
  type Built,
} from "./rules";
import type { CardCell, CardColumn, CardId, CardRow, CardTable, CardValue } from "./types";

const COUNTS = ["records", "persons", "households", "personTimes"] as const;
const amountHeader = (header: string, { common, unit }: FigureWords): string =>
  common("table.headerWithUnit", { header, unit: common(`unit.${unit}`) });

/** Nobody counted is no zero; records that were corrected away are one. */
function countValue(sum: Sum | null, unit: (typeof COUNTS)[number]): CardValue {
  if (sum === null || (sum[unit] === 0 && unit !== "records")) return { kind: "unknown" };
  return { kind: "count", count: sum[unit] };
}

const opened = (sum: Sum | null, filter: FigureFilter | undefined) =>
  sum === null || filter === undefined ? undefined : { page: "explain" as const, filter };

function yearColumns(view: DashboardView, words: FigureWords): CardColumn[] {
  const t = words.dashboard;
  const { filter, compare } = view;
  const { year, yearAxis } = filter;
  const part = compare ? monthsOf(compare) : undefined;
  const group = amountHeader(t("table.amount"), words);
  const money = (id: string, header: string, tone?: CardColumn["tone"]) => ({
    id,
    header,
    group,
    tone,
  });
  const of = (back: number) =>
    part
      ? t("table.part", {
          year: yearName(words.locale, yearAxis, year - back),
          months: monthsThrough(words.locale, yearAxis, part),
        })
      : periodWords(view, t, back);
  return [
    money("now", periodWords(view, t), part ? undefined : "now"),
    ...(part ? [money("same", of(0), "now")] : []),
    money("before", of(1), compare ? "before" : undefined),
    money("increase", t("table.increase")),
    money("percent", t("table.percent")),
    ...COUNTS.map((count) => ({
      id: count,
      header: count === "records" ? t("table.records") : words.labels(`countName.${count}`),
    })),
  ];
}

/** One year beside the one before; without a filter (a sum of folded rows) its figures open nothing. */
function yearCells(
  line: YearPair & { filter?: FigureFilter | undefined },
  { compare }: DashboardView,
): CardCell[] {
  const { now, same, before, filter } = line;
  const part = compare ? monthsOf(compare) : undefined;
  const compared = (back: 0 | 1) => filter && comparedFilter(filter, compare, back);
  const change = compare ? changeOf(line) : null;
  const amount = (sum: Sum | null, of: FigureFilter | undefined): CardCell => ({
    value: knownSum(sum),
    opens: opened(sum, of),
  });
  return [
    amount(now, filter),
    ...(part ? [amount(same, compared(0))] : []),
    amount(before, compared(1)),
    { value: change === null ? { kind: "unknown" } : knownFen(change.increaseFen) },
    { value: { kind: "permille", permille: change === null ? null : change.permille } },
    ...COUNTS.map((count): CardCell => {
      const value = countValue(now, count);
      return { value, opens: value.kind === "count" ? opened(now, filter) : undefined };
    }),
  ];
}

type YearLine = YearPair &
  Omit<CardRow, "cells" | "level" | "subtotal" | "earlier"> & {
    filter: FigureFilter;
    earlier: Sum | null;
    level?: number;
    subtotal?: boolean;
  };
type YearCard = Pick<Built, "id" | "title" | "note" | "nameHeader"> & { lines: YearLine[] };

function yearTable(card: YearCard, view: DashboardView, words: FigureWords): CardTable {
  const { lines, ...head } = card;
  const { now, same, before, filter } = view;
  const rows = lines.map((line) => ({ ...line, level: line.level ?? 0 }));
  const table = {
    ...head,
    columns: yearColumns(view, words),
    rows: rows.map((line) => ({
      key: line.key,
      label: line.label,
      opens: line.opens,
      level: line.level,
      subtotal: line.subtotal ?? false,
      earlier: earlierWords(line.earlier, words),
      cells: yearCells(line, view),
    })),
    totals: yearCells(
      { now: now.totals, same: same.totals, before: before && before.totals, filter },
      view,
    ),
  };
  const side = (of: readonly YearLine[], name: keyof YearPair) =>
    addTotals(of.flatMap((line) => line[name] ?? []));
  return folded(table, {
    rows,
    sum: (rest) =>
      yearCells(
        { now: side(rest, "now"), same: side(rest, "same"), before: side(rest, "before") },
        view,
      ),
  });
}

function kindCard(
  id: keyof typeof CARD_AXES,
  view: DashboardView,
  words: FigureWords,
): CardTable | null {
  const axis = CARD_AXES[id];
  const rows = kindRows(axis, view, words);
  // of no campaign everything is in any year that has none
  if (rows.length === 0 || (axis === "campaign" && rows.every(({ key }) => key === "")))
    return null;
  const t = words.dashboard;
  return yearTable(
    {
      id,
      title: t(`card.${id}`),
      note: id === "sources" ? t("table.sharesNote") : undefined,
      nameHeader: t(`table.${axis}`),
      lines: rows.map((row) => ({
        ...row,
        earlier: earlierAmong(
          view,
          (cell) => cell[axis] === row.key,
          axis === "fundSource" ? "byFundSource" : "byRecord",
        ),
        opens: { page: "dashboard", filter: row.filter },
      })),
    },
    view,
    words,
  );
}

function placeLine(row: PlaceRow, { dashboard: t, locale }: FigureWords) {
  const { organisation: _organisation, ...rest } = row.filter;
  const place = placeName(row.place, locale);
  return row.kind === "own"
    ? { label: t("table.own", { place }) }
    : {
        label: place,
        opens: { page: "dashboard" as const, filter: { ...rest, org: row.place.code } },
      };
}

function placeCard(view: DashboardView, words: FigureWords): CardTable {
  const t = words.dashboard;
  return yearTable(
    {
      id: "places",
      title:
        view.root.kind === "PROVINCE"
          ? t("chart.byPrefecture")
          : t("chart.byPlace", { place: placeName(view.root, words.locale) }),
      nameHeader: t("table.place"),
      lines: placesOf(view).map((row) => ({
        ...row,
        ...placeLine(row, words),
        earlier: earlierAmong(view, paidBy(row, view)),
        subtotal: row.kind === "subtree",
      })),
    },
    view,
    words,
  );
}

function monthCard(view: DashboardView, words: FigureWords): CardTable {
  const t = words.dashboard;
  return {
    ...yearTable(
      {
        id: "months",
        title: t("chart.byMonth"),
        note: t("chart.unknownMonth"),
        nameHeader: t("table.month"),
        lines: monthsIn(view).map((row) => ({
          ...row,
          earlier: earlierAmong(view, ({ month }) => month === row.month),
          key: String(row.month),
          opens: { page: "dashboard", filter: row.filter },
          label:
            row.month === 0 ? t("table.unknownMonth") : t("table.monthName", { month: row.month }),
        })),
      },
      view,
      words,
    ),
    rest: null,
  };
}

/** Every place by every programme of the year, with the sums on both edges. */
function crossCard(view: DashboardView, words: FigureWords): CardTable | null {
  const t = words.dashboard;
  const { filter, now } = view;
  const programmes = kindRows("programme", view, words).filter((row) => row.now !== null);
  if (programmes.length < 2) return null;
  const leaves = leavesOf(placesOf(view));
  const group = amountHeader(t("table.amount"), words);
  const cell = (sum: Sum | null, of?: FigureFilter): CardCell => ({
    value: knownSum(sum),
    opens: opened(sum, of),
  });
  const lines = leaves.map((row) => {
    const paid = now.byPlace.filter(paidBy(row, view));
    return {
      row,
      paid,
      level: 0,
      sums: [
        ...programmes.map(({ key }) =>
          addTotals(paid.filter(({ programme }) => programme === key)),
        ),
        row.now,
      ],
    };
  });
  const rates = ratesAmong(leaves, view);
  const ratesOf = (cells: readonly FigureCell[]) => rateCells(rates, cells, view);
  const narrowed = (of: FigureFilter, at: number) => {
    const programme = programmes[at];
    return programme ? { ...of, programme: [programme.key] } : of;
  };
  const table = {
    ...{ id: "cross" as const, title: t("card.cross"), nameHeader: t("table.place") },
    note: t("card.crossNote", { period: periodWords(view, t) }),
    columns: [
      ...rates.map((unit) => ({
        id: unit,
        header: t(`map.measure.${unit}`),
        group: t("map.ratesGroup"),
      })),
      ...programmes.map(({ key, label: header, filter: only }) => ({
        ...{ id: key, header, group, opens: { page: "dashboard" as const, filter: only } },
      })),
      { id: "total", header: t("table.total"), group, tone: "now" as const },
    ],
    rows: lines.map(({ row, paid, sums }) => ({
      key: row.key,
      ...placeLine(row, words),
      ...(row.kind === "own" ? {} : { label: placeShortName(row.place, words.locale) }),
      level: 0,
      subtotal: false,
      earlier: earlierWords(earlierAmong(view, paidBy(row, view)), words),
      cells: [...ratesOf(paid), ...sums.map((sum, at) => cell(sum, narrowed(row.filter, at)))],
    })),
    totals: [
      ...ratesOf(now.byPlace),
      ...[...programmes.map((row) => row.now), now.totals].map((sum, at) =>
        cell(sum, narrowed(filter, at)),
      ),
    ],
  };
  return folded(table, {
    rows: lines,
    sum: (rest) => [
      ...ratesOf(rest.flatMap(({ paid }) => paid)),
      ...[...programmes, null].map((_, at) =>
        cell(addTotals(rest.flatMap(({ sums }) => sums[at] ?? []))),
      ),
    ],
  });
}

type BalanceView = Pick<DashboardView, "balance" | "places" | "root"> & {
  filter: { year: number; org: string };
};

/** Received, spent and left of each place; a name leads to its figures, or to its allotments. */
export function balanceCard(
  view: BalanceView,
  words: FigureWords,
  drill: "dashboard" | "allotments" = "dashboard",
): CardTable | null {
  const t = words.dashboard;
  const { balance, filter, places, root } = view;
  if (balance === null) return null;
  const { year } = filter;
  const group = amountHeader(t("chart.balance"), words);
  /** What is not recorded opens nothing. */
  const linked = (
    value: Known,
    page: "explain" | "allotments",
    of: FigureFilter | undefined,
  ): CardCell => ({
    value,
    opens: value.kind === "unknown" || !of ? undefined : { page, filter: of },
  });
  const permille = (rate: number | null): CardCell => ({
    value: { kind: "permille", permille: rate === null ? null : BigInt(rate) },
  });
  const cells = (sums: BalanceSums, of: FigureFilter, left: FigureFilter | undefined) => {
    const known = balanceKnown(sums);
    return [
      linked(known.received, "allotments", of),
      linked(known.spent, "explain", of),
      linked(known.left, "allotments", left),
      permille(sums.executedPermille),
    ];
  };
  return {
    id: "balance",
    title: t("chart.balance"),
    nameHeader: t("table.place"),
    columns: [
      { id: "received", header: t("chart.received"), group, tone: "before" },
      { id: "spent", header: t("chart.spent"), group, tone: "now" },
      { id: "left", header: t("chart.left"), group, tone: "accent" },
      { id: "executed", header: t("chart.executed") },
    ],
    rows: balance.rows.map((row) => {
      const code = row.prefecture ?? row.organisation ?? "";
      const place = places.find((other) => other.code === code);
      const name = place ? placeName(place, words.locale) : code;
      // The province's own line gathers what it and the unions directly under it did, not the whole tree.
      const direct = code === root.code;
      const isProvince = root.kind === "PROVINCE";
      const by = direct
        ? isProvince
          ? { prefecture: code }
          : { organisation: code }
        : { org: code };
      return {
        key: code,
        label: direct ? t(isProvince ? "table.direct" : "table.own", { place: name }) : name,
        opens: direct ? undefined : { page: drill, filter: { year, org: code } },
        level: 0,
        subtotal: false,
        cells: cells(row, { year, ...by }, direct ? undefined : { year, org: code }),
      };
    }),
    totals: cells(balance.totals, { year, org: filter.org }, { year, org: filter.org }),
    rest: null,
  };
}

/** One card of the page; null where it would have nothing of its own to say. */
export function cardOf(id: CardId, view: DashboardView, words: FigureWords): CardTable | null {
  if (id === "months") return monthCard(view, words);
  if (id in CARD_AXES) return kindCard(id as keyof typeof CARD_AXES, view, words);
  if (!placesOf(view).some((row) => row.kind !== "own")) return null;
  if (id === "places") return placeCard(view, words);
  return id === "cross" ? crossCard(view, words) : balanceCard(view, words);
}

/** A cell as it is read. */
export function cardText(value: CardValue, { locale, unit }: Pick<FigureWords, "locale" | "unit">) {
  if (value.kind === "count") return wholeText(value.count);
  if (value.kind === "rate") return knownText(knownFen(value.fen), { locale, unit: "yuan" });
  return value.kind === "permille"
    ? permilleText(value.permille)
    : knownText(value, { locale, unit });
}
