import { nameOf } from "@/lib/features/reference/present";
import { knownFen, knownSum, knownText, type Known } from "@/lib/kernel/known";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import {
  monthsThrough,
  yearInName,
  yearName,
  yearTitle,
  type YearAxis,
} from "@/lib/kernel/year-axis";
import type { Locale } from "@/lib/kernel/preferences";
import { eachCount, type CountUnit } from "@/lib/kernel/counts";
import { contributorySum, earlierWords } from "@/lib/features/figures/present";
import type { FigureWords } from "@/lib/features/figures/types";
import {
  changeFrom,
  comparedSum,
  monthsOf,
  vouchersOf,
  type Sums,
} from "@/lib/features/figures/rules";
import { SEASONS, type Coded, type Season } from "@/lib/features/reference/types";
import { summaryWords } from "./labels";
import type {
  HeaderCell,
  PaperColumn,
  SummaryBlock,
  SummaryCell,
  SummaryCheck,
  SummaryColumn,
  SummaryFigures,
  SummaryLine,
  SummaryRow,
  SummaryTable,
  YearSummary,
} from "./types";

/** The counts printed beside the amount: those in which each kind of programme is reported. */
const SEASON_COUNTS: Record<Season, readonly CountUnit[]> = {
  spring: ["posts", "persons"],
  summer: ["packs", "persons"],
  autumn: ["households", "persons"],
  winter: ["households", "persons"],
  breakfast: ["persons"],
  assistance: ["households", "persons"],
  other: ["persons", "personTimes"],
};

type Column = Omit<SummaryColumn, "number"> & {
  cell: (line: SummaryLine, figures: SummaryFigures) => SummaryCell;
};

const UNKNOWN: SummaryCell = { kind: "unknown" };
const money = (fen: bigint): SummaryCell => ({ kind: "money", fen: fen.toString() });

type Printing = { locale: Locale; unit: MoneyUnit; countNames: Record<CountUnit, string> };

const known = (amount: Known): SummaryCell =>
  amount.kind === "money" ? money(amount.fen) : { kind: amount.kind };

/** No record is a gap, records without any amount are not a zero. */
export const amountCell = (sums: Sums): SummaryCell => known(knownSum(sums));
const countCell = (sums: Sums, unit: CountUnit | "records" | "unvalued"): SummaryCell =>
  vouchersOf(sums) === 0 || (sums[unit] === 0 && unit !== "records" && unit !== "unvalued")
    ? UNKNOWN
    : { kind: "count", value: sums[unit] };

const inBlock = (block: SummaryBlock, columns: Omit<Column, "block">[]): Column[] =>
  columns.map((column) => ({ ...column, block }));

function fundColumns(w: ReturnType<typeof summaryWords>): Column[] {
  return inBlock("funds", [
    {
      key: "received",
      kind: "money",
      path: [w.funds, w.received],
      cell: (_, f) => known(knownFen(f.receivedFen)),
    },
    {
      key: "spent",
      kind: "money",
      path: [w.funds, w.spent],
      cell: (_, f) => amountCell(f.spent),
    },
    {
      key: "left",
      kind: "money",
      path: [w.funds, w.left],
      // a total adds up the balances there are: its receipts less its spending would say more than is known
      derived: { rule: "difference", of: ["received", "spent"], onLeavesOnly: true },
      cell: (_, f) => known(knownFen(f.leftFen)),
    },
  ]);
}

function spendingColumns(summary: YearSummary, { locale, countNames }: Printing): Column[] {
  const w = summaryWords(locale);
  const seasons = SEASONS.flatMap((season) =>
    inBlock(`season.${season}`, [
      {
        key: `season.${season}`,
        kind: "money",
        path: [w.bySeason, w.season[season], w.amount],
        cell: (_, f) => amountCell(f.seasons[season]),
      },
      ...SEASON_COUNTS[season].map((unit): Omit<Column, "block"> => ({
        key: `season.${season}.${unit}`,
        kind: "count",
        path: [w.bySeason, w.season[season], countNames[unit]],
        cell: (_, f) => countCell(f.seasons[season], unit),
      })),
    ]),
  );
  const categories = summary.categories.map((category): Column => ({
    key: `category.${category.code}`,
    block: "category",
    kind: "money",
    path: [w.byCategory, nameOf(category, locale)],
    cell: (_, f) => amountCell(f.categories[category.code] as Sums),
  }));
  const mutual = inBlock("mutual", [
    {
      key: "mutual",
      kind: "money",
      path: [w.mutual, w.amount],
      cell: (_, f) => amountCell(f.mutual),
    },
    ...(["persons", "personTimes"] as const).map((unit): Omit<Column, "block"> => ({
      key: `mutual.${unit}`,
      kind: "count",
      path: [w.mutual, countNames[unit]],
      cell: (_, f) => countCell(f.mutual, unit),
    })),
  ]);
  return [...seasons, ...categories, ...mutual];
}

function comparisonColumns(summary: YearSummary, locale: Locale): Column[] {
  const w = summaryWords(locale);
  const { year, yearAxis, compare } = summary;
  const month = compare ? monthsOf(compare) : undefined;
  const months = month ? monthsThrough(locale, yearAxis, month) : undefined;
  const named = (of: number) => yearName(locale, yearAxis, of);
  const derived = (rule: "difference" | "growth", of: [string, string]) =>
    compare ? { derived: { rule, of } } : {};
  const compared = (f: SummaryFigures) => f.same ?? f.spent;
  const change = (f: SummaryFigures) =>
    changeFrom(knownSum(f.before && wireSum(f.before)), comparedSum(wireSum(compared(f))));
  const part: Omit<Column, "block"> = {
    key: "same",
    kind: "money",
    path: [w.comparison(months), w.part(named(year), months ?? "")],
    cell: (_, f) => amountCell(compared(f)),
  };
  const now = month ? "same" : "spent";
  return inBlock("comparison", [
    ...(month ? [part] : []),
    {
      key: "before",
      kind: "money",
      path: [
        w.comparison(months),
        months ? w.part(named(year - 1), months) : w.before(named(year - 1)),
      ],
      cell: (_, f) => (f.before ? amountCell(f.before) : UNKNOWN),
    },
    {
      key: "increase",
      kind: "money",
      path: [w.comparison(months), w.increase],
      ...derived("difference", [now, "before"]),
      cell: (_, f) => known(knownFen(change(f).changeFen)),
    },
    {
      key: "growth",
      kind: "permille",
      path: [w.comparison(months), w.growth],
      ...derived("growth", ["increase", "before"]),
      cell: (_, f) => {
        const { changePermille } = change(f);
        return changePermille === null
          ? UNKNOWN
          : { kind: "permille", value: changePermille.toString() };
      },
    },
  ]);
}

const voucherColumns = (w: ReturnType<typeof summaryWords>): Column[] =>
  (["records", "unvalued"] as const).map((unit) => ({
    key: unit,
    block: "vouchers",
    kind: "count",
    path: [w.vouchers, w[unit]],
    cell: (_, f) => countCell(f.spent, unit),
  }));

const wireTotals = (sums: Sums) => ({ ...sums, amountFen: sums.amountFen.toString() });

/** Nothing paid this year is a zero beside the year before; nothing paid then is no base. */
const wireSum = (sums: Sums) => (vouchersOf(sums) === 0 ? null : sums);

/** Header rows with their spans: neighbours under one word share a cell; short paths reach down. */
export function layHeader(columns: readonly PaperColumn[]): HeaderCell[][] {
  const depth = Math.max(...columns.map((column) => column.path.length));
  return Array.from({ length: depth }, (_, row) => {
    const cells: HeaderCell[] = [];
    columns.forEach((column, at) => {
      const text = column.path[row];
      if (text === undefined) return;
      const last = row === column.path.length - 1;
      const open = cells.at(-1);
      const same = (other: PaperColumn | undefined) =>
        other?.path.slice(0, row + 1).join("/") === column.path.slice(0, row + 1).join("/");
      if (open && !last && same(columns[at - 1])) open.colSpan += 1;
      else cells.push({ text, column: at, colSpan: 1, rowSpan: last ? depth - row : 1 });
    });
    return cells;
  });
}

const fenOf = (cell: SummaryCell | undefined) => (cell?.kind === "money" ? BigInt(cell.fen) : 0n);

/** What could fail: the two ways to part what was spent, and the lines against what nobody parted. */
function checksOf(
  columns: SummaryColumn[],
  total: SummaryRow | undefined,
  { whole }: Pick<YearSummary, "whole">,
  { locale, unit }: Pick<Printing, "locale" | "unit">,
): SummaryCheck[] {
  const w = summaryWords(locale);
  const at = new Map(columns.map((column, index) => [column.key, index]));
  const value = (key: string) => fenOf(total?.cells[at.get(key) ?? -1]);
  const label = (key: string) => `(${columns[at.get(key) ?? 0]?.number})`;
  const check = (left: string, right: SummaryCheck["right"], sum: bigint, said: string) => {
    const holds = sum === value(left);
    const formula = `${label(left)} = ${said}`;
    return { left, right, holds, formula, text: `${formula}  ${holds ? w.holds : w.fails}` };
  };
  const parts = (start: string) => {
    const keys = columns.filter((c) => c.kind === "money" && c.key.startsWith(start)).map((c) => c.key); // prettier-ignore
    const sum = keys.reduce((all, key) => all + value(key), 0n);
    return check("spent", { keys }, sum, keys.map(label).join(" + "));
  };
  const against = (left: string, fen: bigint, word: string) =>
    check(left, { fen: fen.toString() }, fen, `${word} ${formatFen(fen, { unit })}`);
  return [
    parts("season."),
    parts("category."),
    against("spent", whole.spentFen, w.ledgerTotal),
    ...(whole.receivedFen === null
      ? []
      : [against("received", whole.receivedFen, w.receiptsTotal)]),
  ];
}

/** "2026-11-22T08:05:00.000Z" → "2026-11-22 16:05": the clock on the reader's wall. */
export function beijingStamp(iso: string): string {
  const at = new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** An amount in a sentence, with its unit, or the word that stands in its place. */
export function amountText(known: Known, options: Parameters<typeof knownText>[1]): string {
  const { locale, unit } = options;
  const text = knownText(known, options);
  return known.kind === "money" ? `${text} ${summaryWords(locale).unitName[unit]}` : text;
}

/** 含以前年度更正: of the total, then of each line that nothing is added up in. */
function earlierNotes({ lines }: YearSummary, words: FigureWords): string[] {
  const colon = words.locale === "en" ? ": " : "";
  const said = lines.flatMap((line) => {
    const what = line.parts.length === 0 || line.level === 0;
    const earlier = what ? earlierWords(wireTotals(line.figures.earlier), words) : undefined;
    return earlier ? [`${rowName(line, words.locale)}${colon}${earlier}`] : [];
  });
  if (said.length === 0) return [];
  return [words.locale === "en" ? `${said.join("; ")}.` : `${said.join("；")}。`];
}

function notesOf(summary: YearSummary, words: FigureWords): string[] {
  const { locale, unit } = words;
  const w = summaryWords(locale);
  const { leftOut } = summary;
  const names = (coded: Coded[]) => coded.map((one) => nameOf(one, locale)).join(w.listSeparator);
  const colon = locale === "en" ? ": " : "：";
  const seasons = SEASONS.map((season) => {
    const within = summary.programmes.filter((programme) => programme.season === season);
    return within.length ? `${w.season[season]}${colon}${names(within)}` : "";
  }).filter((part) => part !== "");
  const { withoutReceipts, unpriced } = summary.withoutBalance;
  return [
    ...(summary.demo ? [w.demo] : []),
    ...(summary.published ? [w.published] : []),
    w.leftOut(leftOut, amountText(contributorySum(leftOut), words)),
    ...earlierNotes(summary, words),
    ...(leftOut.unvalued > 0 ? [w.unvaluedNote(leftOut.unvalued)] : []),
    ...(leftOut.estimated > 0 ? [w.estimated(leftOut.estimated)] : []),
    ...(summary.contributory.length ? [w.mutualNote(names(summary.contributory))] : []),
    w.seasonNote(seasons.join(locale === "en" ? "; " : "；")),
    w.countsNote,
    ...(withoutReceipts > 0 ? [w.notReceived(withoutReceipts)] : []),
    ...(unpriced > 0 ? [w.notPriced(unpriced)] : []),
    ...(summary.comparable ? [] : [w.notComparable]),
    ...(summary.yearAxis === "statistics" ? [w.statistics] : []),
    w.noneNote,
    ...(unit === "wan" ? [w.rounded] : []),
  ];
}

function rowName(line: SummaryLine, locale: Locale): string {
  const w = summaryWords(locale);
  const name = nameOf(line, locale);
  if (line.kind === "own") return w.own(name);
  if (line.kind === "unit") return name;
  const word = line.kind === "total" ? w.total : w.subtotal;
  return locale === "en" ? `${name}, ${word.toLowerCase()}` : `${name}${word}`;
}

/** In the name of a file: 2024年度; 2024统计年度. */
export function summaryYearInName(locale: Locale, { year, yearAxis }: YearSummary): string {
  const name = yearInName(locale, yearAxis, year);
  return locale === "en" || yearAxis === "statistics" ? name : `${name}年度`;
}

/** 2024 年度; 2024 统计年度（2023-10 至 2024-09）. */
const summaryYear = (locale: Locale, yearAxis: YearAxis | undefined, year: number): string =>
  locale === "en" || yearAxis === "statistics"
    ? yearTitle(locale, yearAxis, year)
    : `${yearTitle(locale, yearAxis, year)}度`;

/** The one model of the yearly summary: the screen draws it, xlsx and csv write it. */
export function summaryTable(summary: YearSummary, words: FigureWords): SummaryTable {
  const { locale, unit } = words;
  const countNames = eachCount((unit) => words.labels(`countName.${unit}`));
  const printing: Printing = { locale, unit, countNames };
  const w = summaryWords(locale);
  const plans = [
    ...fundColumns(w),
    ...spendingColumns(summary, printing),
    ...comparisonColumns(summary, locale),
    ...voucherColumns(w),
  ];
  const columns = plans.map(({ cell: _, ...column }, index) => ({ ...column, number: index + 1 }));
  const rows = summary.lines.map((line): SummaryRow => ({
    code: line.code,
    kind: line.kind,
    level: line.level,
    parts: line.parts,
    name: rowName(line, locale),
    cells: plans.map((plan) => plan.cell(line, line.figures)),
  }));
  return {
    title: w.title(
      summaryYear(locale, summary.yearAxis, summary.year),
      nameOf(summary.root, locale),
    ),
    filledBy: `${w.filledBy}${nameOf(summary.root, locale)}`,
    nameHeader: w.name,
    codeHeader: w.code,
    marks: w.marks,
    numbered: true,
    columns,
    rows,
    checks: checksOf(columns, rows[0], summary, printing),
    asOf: w.asOf(beijingStamp(summary.asOf)),
    notes: notesOf(summary, words),
    signatures: w.signatures,
    demo: summary.demo ? w.demo : null,
  };
}

/** A cell in words: on the screen two places; in a file (`plain`) as many as the amount needs, and no grouping. */
export function cellText(
  cell: SummaryCell,
  options: { locale: Locale; unit: MoneyUnit; plain?: boolean },
): string {
  if (cell.kind === "money")
    return knownText(knownFen(cell.fen), {
      ...options,
      exact: options.plain === true,
      group: !options.plain,
    });
  if (cell.kind === "count")
    return options.plain ? String(cell.value) : cell.value.toLocaleString("en-US");
  if (cell.kind !== "permille") return knownText(cell, options);
  const permille = BigInt(cell.value);
  const size = permille < 0n ? -permille : permille;
  return `${permille < 0n ? "-" : ""}${size / 10n}.${size % 10n}%`;
}
