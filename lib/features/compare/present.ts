import { permilleText, addTotals, placeRows, type Sum } from "@/lib/features/figures/present";
import { namedPermille } from "@/lib/features/figures/rules";
import type { CardCell, CardValue } from "@/lib/features/dashboard/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import { nameOf, placeName } from "@/lib/features/reference/present";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { knownFen, knownSum, knownText } from "@/lib/kernel/known";
import { changePermille } from "@/lib/kernel/money";
import { shareOf, withDifferences } from "./rules";
import {
  PER_UNIT,
  type CompareRow,
  type CompareSection,
  type CompareTable,
  type CompareView,
  type CompareWords,
  type PerUnit,
  type Side,
} from "./types";

function sideName(view: CompareView, code: string, words: CompareWords): string {
  const { of, reference, places } = view;
  if (of === "year") return words.dashboard("period.year", { year: code });
  const list = of === "org" ? places : reference.programmes;
  const named = list.find((one) => one.code === code);
  if (!named) return code;
  return of === "org" ? placeName(named, words.locale) : nameOf(named, words.locale);
}

/** Between a Chinese word and a number stands a space: 比 2024 年, 比湟源县. */
const after = (text: string, { locale }: CompareWords): string =>
  locale !== "en" && /^\d/.test(text) ? ` ${text}` : text;

type Writing = { view: CompareView; words: CompareWords };
type Line = Pick<CompareRow, "key" | "label" | "only" | "divided"> & { figures: CardCell[] };

const rowOf = ({ figures, ...row }: Line, { view }: Writing): CompareRow => ({
  ...row,
  cells: withDifferences(
    figures,
    view.sides.map(({ comparable }) => comparable),
  ),
});

const opened = (value: CardValue, filter: FigureFilter): CardCell => ({
  value,
  opens: value.kind === "unknown" ? undefined : { page: "explain", filter },
});
const amountCell = (sum: Sum | null, filter: FigureFilter) => opened(knownSum(sum), filter);

const inUnit = (name: string, unit: string, { common }: CompareWords): string =>
  common("table.headerWithUnit", { header: name, unit });

/** Amount, records, and each way of counting that a side has; what nobody counted is no zero. */
function totalsSection(writing: Writing): CompareSection {
  const { view, words } = writing;
  const { sides } = view;
  const counted = (unit: "records" | (typeof COUNT_UNITS)[number]) =>
    sides.map(({ totals, filter }) =>
      opened(
        totals[unit] === 0 && !(unit === "records" && knownSum(totals).kind !== "unknown")
          ? { kind: "unknown" }
          : { kind: "count", count: totals[unit] },
        filter,
      ),
    );
  const units = COUNT_UNITS.filter((unit) => sides.some(({ totals }) => totals[unit] !== 0));
  const lines: Line[] = [
    {
      key: "amount",
      label: inUnit(words.dashboard("table.amount"), words.common(`unit.${words.unit}`), words),
      figures: sides.map(({ totals, filter }) => amountCell(totals, filter)),
    },
    { key: "records", label: words.dashboard("table.records"), figures: counted("records") },
    ...units.map((unit) => ({
      key: unit,
      label: words.labels(`countName.${unit}`),
      figures: counted(unit),
    })),
  ];
  return {
    id: "totals",
    title: words.compare("section.totals"),
    nameHeader: words.compare("measure"),
    rows: lines.map((line) => rowOf(line, writing)),
  };
}

/** A rate is read in yuan, whatever the page's unit. */
const inYuan = ({ locale }: CompareWords) => ({ locale, unit: "yuan" as const });

function perUnitSection(writing: Writing): CompareSection | null {
  const { view, words } = writing;
  const lines = PER_UNIT.filter((unit) =>
    view.sides.some(({ rates }) => rates[unit].known.kind !== "unknown"),
  ).map((unit): Line => ({
    key: unit,
    label: inUnit(
      words.dashboard(`map.measure.${unit}`),
      words.dashboard(`map.unit.${unit}`),
      words,
    ),
    divided: true,
    figures: view.sides.map(({ rates }) => {
      const { known, filter } = rates[unit];
      return opened(known.kind === "money" ? { kind: "rate", fen: known.fen } : known, filter);
    }),
  }));
  if (lines.length === 0) return null;
  return {
    id: "perUnit",
    title: words.compare("section.perUnit"),
    nameHeader: words.compare("measure"),
    note: words.dashboard("map.rates"),
    rows: lines.map((line) => rowOf(line, writing)),
  };
}

/** 人均 88.20 元，比其余 37 个县区的中位数（80.00 元）高 10.3%; null = it has no such rate. */
export function peerWords(
  { side, unit }: { side: Side; unit: PerUnit },
  { view, words }: Writing,
): string | null {
  const { known, peers } = side.rates[unit];
  const t = words.compare;
  if (known.kind !== "money") return null;
  const said = {
    rate: words.dashboard(`map.measure.${unit}`),
    amount: knownText(known, inYuan(words)),
    unit: words.dashboard(`map.unit.${unit}`),
  };
  if (peers === null) return t("peers.few", said);
  const permille = changePermille(known.fen, peers.medianFen);
  if (permille === null) return t("peers.few", said);
  const others = {
    ...said,
    others: after(
      t(view.of === "org" ? "peers.others" : "peers.counties", { count: peers.count }),
      words,
    ),
    median: knownText(knownFen(peers.medianFen), inYuan(words)),
    percent: permilleText(permille < 0n ? -permille : permille),
  };
  return t(permille === 0n ? "peers.like" : permille > 0n ? "peers.above" : "peers.below", others);
}

const bothSides = (figures: readonly CardCell[]) =>
  figures.some(({ value }) => value.kind !== "unknown");

/** Of each side what every programme came to, or every place where programmes stand side by side. */
function splitSection(writing: Writing): CompareSection {
  const { view, words } = writing;
  const { sides, common, of } = view;
  const byPlace = of === "programme";
  const lines = byPlace ? placeLines(writing) : programmeLines(writing);
  return {
    id: "split",
    title: words.compare(byPlace ? "section.places" : "section.programmes"),
    nameHeader: words.dashboard(byPlace ? "table.place" : "table.programme"),
    rows: lines.filter(({ figures }) => bothSides(figures)).map((line) => rowOf(line, writing)),
    totals: rowOf({ key: "total", label: "", figures: wholes(sides) }, writing).cells,
    ...(common.fundSource === undefined ? {} : { note: words.dashboard("chart.shares") }),
  };
}

const wholes = (sides: readonly Side[]) =>
  sides.map(({ totals, filter }) => amountCell(totals, filter));

function programmeLines({ view, words }: Writing): Line[] {
  return view.reference.programmes.map((programme) => ({
    key: programme.code,
    label: nameOf(programme, words.locale),
    only: { ...view.common, programme: [programme.code] },
    figures: view.sides.map(({ byPlace, filter }) =>
      amountCell(addTotals(byPlace.filter((cell) => cell.programme === programme.code)), {
        ...filter,
        programme: [programme.code],
      }),
    ),
  }));
}

function placeLines({ view, words }: Writing): Line[] {
  const { places, root, sides, common } = view;
  const rows = sides.map(({ byPlace, filter }) =>
    placeRows({ places, root, filter, now: byPlace, same: byPlace, before: null }).filter(
      ({ level }) => level === 0,
    ),
  );
  const keys = [...new Map(rows.flat().map((row) => [row.key, row])).values()];
  return keys.map(({ key, place, kind }) => ({
    key,
    label:
      kind === "own"
        ? words.dashboard("table.own", { place: placeName(place, words.locale) })
        : placeName(place, words.locale),
    only: kind === "own" ? undefined : { ...common, org: place.code },
    figures: sides.map(({ filter }, at) => {
      const row = rows[at]?.find((one) => one.key === key);
      return amountCell(row?.now ?? null, row?.filter ?? filter);
    }),
  }));
}

/** January to December, then what has no known month: it never hides in one. */
function monthsSection(writing: Writing): CompareSection {
  const { view, words } = writing;
  const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0].map((month): Line => ({
    key: String(month),
    label:
      month === 0
        ? words.dashboard("table.unknownMonth")
        : words.dashboard("table.monthName", { month }),
    only: { ...view.common, month },
    figures: view.sides.map(({ byMonth, filter: { throughMonth: _through, ...filter } }) =>
      amountCell(addTotals(byMonth.filter((cell) => cell.month === month)), { ...filter, month }),
    ),
  }));
  return {
    id: "months",
    title: words.dashboard("chart.byMonth"),
    nameHeader: words.dashboard("table.month"),
    note: words.dashboard("chart.unknownMonth"),
    rows: lines.filter(({ figures }) => bothSides(figures)).map((line) => rowOf(line, writing)),
    totals: rowOf({ key: "total", label: "", figures: wholes(view.sides) }, writing).cells,
  };
}

/** How sure the amounts are: what is estimated among them, and how many records have none. */
function knownSection(writing: Writing): CompareSection {
  const { view, words } = writing;
  const t = words.compare;
  const unit = words.common(`unit.${words.unit}`);
  const { sides } = view;
  const count = (part: "unvalued" | "withoutMoney", kind: "unvalued" | "none") =>
    sides.map(({ leftOut, totals, filter }): CardCell => {
      if (knownSum(totals).kind === "unknown") return { value: { kind: "unknown" } };
      const value: CardValue = { kind: "count", count: leftOut[part] };
      if (leftOut[part] === 0) return { value };
      return opened(value, { ...filter, amountKind: [kind] });
    });
  const share = (of: (side: Side) => CardValue) => sides.map((side) => ({ value: of(side) }));
  const lines: Line[] = [
    {
      key: "estimated",
      label: inUnit(t("known.estimated"), unit, words),
      figures: sides.map(({ estimated, totals, filter }): CardCell => {
        const of = { ...filter, amountKind: ["estimated" as const] };
        if (knownSum(totals).kind !== "money") return { value: { kind: "unknown" } };
        return estimated.records === 0 && estimated.reversals === 0
          ? { value: knownFen(0n) }
          : amountCell(estimated, of);
      }),
    },
    {
      key: "estimatedShare",
      label: t("known.estimatedShare"),
      figures: share(({ estimated, totals }) =>
        shareOf(BigInt(estimated.amountFen), BigInt(totals.amountFen)),
      ),
    },
    {
      key: "named",
      label: inUnit(t("known.named"), unit, words),
      figures: sides.map(({ named, totals, filter }): CardCell => {
        const fen = BigInt(named.namedFen);
        // what is named may be all without an amount
        if (knownSum(totals).kind !== "money" || (fen === 0n && named.namedRecords !== 0))
          return { value: { kind: "unknown" } };
        if (named.namedRecords === 0 && fen === 0n) return { value: knownFen(0n) };
        return opened(knownFen(fen), { ...filter, named: "yes" });
      }),
    },
    {
      key: "namedShare",
      label: t("known.namedShare"),
      figures: share(({ named, totals }) => {
        const permille = namedPermille({ ...totals, ...named });
        return { kind: "permille", permille: permille === null ? null : BigInt(permille) };
      }),
    },
    {
      key: "evidenced",
      label: t("known.evidenced"),
      figures: share(({ evidenced, totals }) =>
        shareOf(BigInt(evidenced.amountFen), BigInt(totals.amountFen)),
      ),
    },
    { key: "unvalued", label: t("known.unvalued"), figures: count("unvalued", "unvalued") },
    {
      key: "unvaluedShare",
      label: t("known.unvaluedShare"),
      figures: share(({ leftOut, totals }) =>
        shareOf(BigInt(leftOut.unvalued), BigInt(totals.records)),
      ),
    },
    { key: "withoutMoney", label: t("known.withoutMoney"), figures: count("withoutMoney", "none") },
  ];
  return {
    id: "known",
    title: t("section.known"),
    nameHeader: t("measure"),
    note: t("known.note"),
    rows: lines.map((line) => rowOf(line, writing)),
  };
}

function compareTitle({ view, words }: Writing, names: readonly string[]): string {
  const list = names.join(words.compare("beside"));
  const { of, year, throughMonth } = view;
  if (of !== "year") return words.compare("heading", { year: String(year), names: list });
  return throughMonth === null
    ? words.compare("headingYears", { names: list })
    : words.compare("headingPart", { names: list, month: throughMonth });
}

/** 比湟源县多 1,234.00 元，多 12.3%; null where they are not compared. */
export function differenceWords(at: number, { view, words }: Writing): string | null {
  const [first] = view.sides;
  const side = view.sides[at];
  if (!first || !side || at === 0 || !side.comparable) return null;
  const [base, other] = [knownSum(first.totals), knownSum(side.totals)];
  if (base.kind !== "money" || other.kind !== "money") return null;
  const fen = other.fen - base.fen;
  const said = {
    name: after(sideName(view, first.code, words), words),
    amount: knownText(knownFen(fen < 0n ? -fen : fen), words),
    unit: words.common(`unit.${words.unit}`),
  };
  if (fen === 0n) return words.compare("same", said);
  const permille = changePermille(other.fen, base.fen);
  const percent = permilleText(permille === null || permille > 0n ? permille : -permille);
  return words.compare(fen > 0n ? "more" : "less", { ...said, percent });
}

/** What stands side by side: the page, its tables and its files have it from here. */
export function compareTable(view: CompareView, words: CompareWords): CompareTable {
  const writing = { view, words };
  const t = words.compare;
  const names = view.sides.map(({ code }) => sideName(view, code, words));
  const [first = "", ...others] = names;
  const perUnit = perUnitSection(writing);
  return {
    title: compareTitle(writing, names),
    names,
    columns: [
      ...names.map((header, at) => ({ id: `side${at}`, header })),
      ...others.flatMap((name, at) => {
        const group = t("against", { name, first: after(first, words) });
        return [
          { id: `difference${at}`, header: t("difference"), group },
          { id: `percent${at}`, header: t("percent"), group },
        ];
      }),
    ],
    sections: [
      totalsSection(writing),
      ...(perUnit ? [perUnit] : []),
      splitSection(writing),
      monthsSection(writing),
      knownSection(writing),
    ],
    notes: [
      ...(view.throughMonth === null ? [] : [t("part", { month: view.throughMonth })]),
      ...(view.partly && view.throughMonth === null ? [t("wholeNote")] : []),
      ...(view.sides.every(({ comparable }) => comparable) ? [] : [t("notCompared")]),
      words.dashboard("foot.missing"),
    ],
  };
}
