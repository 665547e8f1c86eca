import type { Proof } from "@/lib/features/files/paper";
import { ledgerWords } from "@/lib/features/files/labels";
import type { FigureCell } from "@/lib/features/figures/rules";
import { monthsOf } from "@/lib/features/figures/rules";
import type { Balance, Change, ComparedPeriod, FigureWords } from "@/lib/features/figures/types";
import { campaignWords } from "@/lib/features/filter/present";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import type {
  SummaryCell,
  SummaryColumn,
  SummaryRow,
  SummaryTable,
  YearSummary,
} from "@/lib/features/summary/types";
import type { CountUnit } from "@/lib/kernel/counts";
import { knownFen, knownSum, knownText, type Counted, type Known } from "@/lib/kernel/known";
import { monthsThrough, yearName } from "@/lib/kernel/year-axis";
import { packWords } from "./labels";
import type { PackAxis } from "./types";

/** A sheet of the pack: a table as the yearly summary is one, and what its total is held against. */
export type PackTable = { name: string; table: SummaryTable; proofs: Proof[] };

type Compared = {
  rows: (FigureCell & Change)[];
  totals: { amountFen: string; records: number } & Record<CountUnit, number> & Change;
  leftOut: { unvalued: number; withoutMoney: number };
  reversals: number;
  compare: ComparedPeriod | null;
};

type Common = Pick<
  SummaryTable,
  "filledBy" | "codeHeader" | "marks" | "numbered" | "asOf" | "signatures" | "demo"
>;
export type Laying = {
  year: number;
  reference: Reference;
  words: FigureWords;
  /** What every sheet of the pack says alike. */
  common: Common;
  /** Of the whole, added up without any axis. */
  wholeFen: string;
};

type Said = Counted & Partial<Record<CountUnit, number>> & Change;
type Column = Omit<SummaryColumn, "number" | "block"> & { cell: (said: Said) => SummaryCell };

const cellOf = (known: Known): SummaryCell =>
  known.kind === "money" ? { kind: "money", fen: known.fen.toString() } : { kind: known.kind };
const UNKNOWN: SummaryCell = { kind: "unknown" };
const countOf = (count: number | undefined): SummaryCell =>
  count ? { kind: "count", value: count } : UNKNOWN;

/** This year beside the last, each increase and its rate worked out from the cells beside it. */
function comparedColumns({ year, words }: Laying, compare: ComparedPeriod | null): Column[] {
  const w = summaryWords(words.locale);
  const month = compare ? monthsOf(compare) : undefined;
  const months = month ? monthsThrough(words.locale, "calendar", month) : undefined;
  const named = (of: number) => yearName(words.locale, "calendar", of);
  const same = ({ previousFen, changeFen }: Said) =>
    changeFen === null ? UNKNOWN : cellOf(knownFen(BigInt(previousFen ?? 0) + BigInt(changeFen)));
  const now = months ? "same" : "spent";
  if (!compare) return [];
  return [
    ...(months
      ? [{ key: "same", kind: "money" as const, path: [w.part(named(year), months)], cell: same }]
      : []),
    {
      key: "before",
      kind: "money",
      path: [months ? w.part(named(year - 1), months) : w.before(named(year - 1))],
      cell: ({ previousFen }) => cellOf(knownFen(previousFen)),
    },
    {
      key: "increase",
      kind: "money",
      path: [w.increase],
      derived: { rule: "difference", of: [now, "before"] },
      cell: ({ changeFen }) => cellOf(knownFen(changeFen)),
    },
    {
      key: "growth",
      kind: "permille",
      path: [w.growth],
      derived: { rule: "growth", of: ["increase", "before"] },
      cell: ({ changePermille }) =>
        changePermille === null ? UNKNOWN : { kind: "permille", value: String(changePermille) },
    },
  ];
}

const COUNTS = ["households", "persons", "personTimes"] as const satisfies CountUnit[];

/** A record of several sources stands in several lines: counts by source add up to more than there are. */
const countColumns = ({ words }: Laying): Column[] => [
  {
    key: "records",
    kind: "count",
    path: [summaryWords(words.locale).records],
    cell: ({ records }) => countOf(records),
  },
  ...COUNTS.map((unit): Column => ({
    key: unit,
    kind: "count",
    path: [words.labels(`countName.${unit}`)],
    cell: (said) => countOf(said[unit]),
  })),
];

function tableOf(
  laying: Laying,
  input: { title: string; nameHeader: string; columns: Omit<SummaryColumn, "number" | "block">[]; rows: SummaryRow[]; notes?: string[] }, // prettier-ignore
): SummaryTable {
  const { title, nameHeader, columns, rows, notes = [] } = input;
  const w = summaryWords(laying.words.locale);
  return {
    ...laying.common,
    title,
    nameHeader,
    columns: columns.map(({ key, kind, path, derived }, at) => ({
      ...{ key, kind, path, block: "funds" as const, number: at + 1 },
      ...(derived ? { derived } : {}),
    })),
    rows,
    checks: [],
    notes: [...notes, w.noneNote],
  };
}

function lineNames(axis: PackAxis, { reference, words }: Laying): (row: FigureCell) => string {
  const names = namesOf(reference, words.locale);
  const none = packWords(words.locale).noCampaign;
  const of: Record<Exclude<PackAxis, "month">, (code: string) => string> = {
    programme: names.programme,
    prefecture: names.organisation,
    fundSource: names.fundSource,
    aidCategory: names.aidCategory,
    recipientKind: names.recipientKind,
    campaign: (code) => (code === "" ? none : campaignWords(names, none)(code)),
    form: (code) => (code === "" ? "—" : words.labels(`form.${code}`)),
  };
  if (axis !== "month") return (row) => of[axis](String(row[axis] ?? "")) || "—";
  const { month, monthUnknown } = { ...packWords(words.locale), ...ledgerWords(words.locale) };
  return (row) => (row.month ? month(row.month) : monthUnknown);
}

function linesOf(axis: PackAxis, compared: Compared, laying: Laying) {
  const w = summaryWords(laying.words.locale);
  const plans: Column[] = [
    { key: "spent", kind: "money", path: [w.spent], cell: (said) => cellOf(knownSum(said)) },
    ...comparedColumns(laying, compared.compare),
    ...(axis === "fundSource" ? [] : countColumns(laying)),
  ];
  const name = lineNames(axis, laying);
  const { unvalued, withoutMoney } = compared.leftOut;
  const { reversals } = compared;
  const total: Said = { ...compared.totals, unvalued, withoutMoney, reversals };
  const rows: SummaryRow[] = [
    {
      ...{ code: "", kind: "total" as const, level: 0 as const, name: w.total },
      parts: compared.rows.map((_, at) => at + 1),
      cells: plans.map(({ cell }) => cell(total)),
    },
    ...compared.rows.map((row): SummaryRow => ({
      ...{ kind: "unit" as const, level: 1 as const, parts: [], name: name(row) },
      code: String(row[axis] ?? ""),
      cells: plans.map(({ cell }) => cell(row)),
    })),
  ];
  return { columns: plans, rows };
}

/** Column `number` against a sum that was added up without these lines. */
function against(
  laying: Laying,
  input: { key: string; number: number; what: string; fen: string },
): Proof {
  const { key, number, what, fen } = input;
  const amount = knownText(knownFen(fen), { ...laying.words, group: true });
  return { key, fen, said: `(${number}) = ${what} ${amount}` };
}

/** One axis: its lines, their sum on top, and the sum held against what the ledger comes to without them. */
export function axisTable(axis: PackAxis, compared: Compared, laying: Laying): PackTable {
  const { year, wholeFen, words } = laying;
  const pack = packWords(words.locale);
  const nameHeader = pack.axis[axis];
  const title = pack.byAxis(year, axis);
  const { ledgerTotal } = summaryWords(words.locale);
  return {
    name: nameHeader,
    table: tableOf(laying, { title, nameHeader, ...linesOf(axis, compared, laying) }),
    proofs: [against(laying, { key: "spent", number: 1, what: ledgerTotal, fen: wholeFen })],
  };
}

/** What members pay for themselves: apart, in no other sum. */
export function mutualTable(compared: Compared, laying: Laying, fen: string): PackTable {
  const pack = packWords(laying.words.locale);
  const title = pack.byMutual(laying.year);
  const lines = linesOf("programme", compared, laying);
  return {
    name: pack.mutual,
    table: tableOf(laying, { title, nameHeader: pack.axis.programme, ...lines }),
    proofs: [against(laying, { key: "spent", number: 1, what: pack.mutualTotal, fen })],
  };
}

/** County × programme, in the lines of the yearly summary. */
export function placesTable(
  summary: Pick<YearSummary, "lines" | "programmes">,
  cells: readonly FigureCell[],
  laying: Laying & { places: readonly Organisation[]; names: readonly string[] },
): PackTable {
  const { words, year, places, names, wholeFen } = laying;
  const pack = packWords(words.locale);
  const w = summaryWords(words.locale);
  const path = new Map(places.map((place) => [place.code, place.path]));
  const within = (line: (typeof summary.lines)[number]): ((code: string) => boolean) => {
    const home = path.get(line.code) ?? "/";
    return line.kind === "own" ? (code) => code === line.code : (code) => (path.get(code) ?? "").startsWith(home); // prettier-ignore
  };
  const sums = (rows: readonly FigureCell[]): SummaryCell => {
    if (rows.length === 0) return UNKNOWN;
    const of = (name: "records" | "unvalued" | "withoutMoney" | "reversals") =>
      rows.reduce((sum, row) => sum + row[name], 0);
    return cellOf(
      knownSum({
        amountFen: rows.reduce((sum, row) => sum + BigInt(row.amountFen), 0n),
        ...{ records: of("records"), unvalued: of("unvalued") },
        ...{ withoutMoney: of("withoutMoney"), reversals: of("reversals") },
      }),
    );
  };
  const columns: Omit<SummaryColumn, "number" | "block">[] = [
    { key: "whole", kind: "money", path: [w.total] },
    ...summary.programmes.map(({ code, ...one }) => ({
      ...{ key: `programme.${code}`, kind: "money" as const },
      path: [nameOf(one, words.locale)],
    })),
  ];
  const rows = summary.lines.map((line, at): SummaryRow => {
    const inside = within(line);
    const own = cells.filter(({ organisation = "" }) => inside(organisation));
    return {
      ...{ code: line.code, kind: line.kind, level: line.level, parts: line.parts },
      name: names[at] ?? line.code,
      cells: [
        sums(own),
        ...summary.programmes.map(({ code }) => sums(own.filter((row) => row.programme === code))),
      ],
    };
  });
  const numbers = summary.programmes.map((_, at) => `(${at + 2})`).join(" + ");
  return {
    name: pack.places,
    table: tableOf(laying, { title: pack.byPlace(year), nameHeader: w.name, columns, rows }),
    proofs: [
      against(laying, { key: "whole", number: 1, what: w.ledgerTotal, fen: wholeFen }),
      { key: "whole", keys: columns.slice(1).map(({ key }) => key), said: `(1) = ${numbers}` },
    ],
  };
}

/** Received, spent and left by source; what no organisation knows both sides of has no balance. */
export function balanceTable(
  balance: Balance,
  laying: Laying,
  receivedFen: bigint | null,
): PackTable {
  const { words, year, reference, wholeFen } = laying;
  const pack = packWords(words.locale);
  const w = summaryWords(words.locale);
  const { fundSource } = namesOf(reference, words.locale);
  const keys = ["receivedFen", "spentFen", "balanceFen"] as const;
  // a balance is left out where one of its sides is unknown: then the lines need not add up to the total
  const adds = keys.every(
    (key) =>
      balance.rows.reduce((sum, row) => sum + BigInt(row[key] ?? 0), 0n) ===
      BigInt(balance.totals[key] ?? 0),
  );
  const cells = (row: Record<(typeof keys)[number], string | null>) =>
    keys.map((key) => cellOf(knownFen(row[key])));
  return {
    name: pack.balance,
    table: tableOf(laying, {
      title: pack.bySourceBalance(year),
      nameHeader: pack.axis.fundSource,
      columns: [
        { key: "received", kind: "money", path: [w.received] },
        { key: "spent", kind: "money", path: [w.spent] },
        { key: "left", kind: "money", path: [w.left] },
      ],
      rows: [
        {
          code: "",
          kind: "total",
          level: 0,
          name: w.total,
          parts: adds ? balance.rows.map((_, at) => at + 1) : [],
          cells: cells(balance.totals),
        },
        ...balance.rows.map((row): SummaryRow => ({
          ...{ code: row.fundSource ?? "", kind: "unit" as const, level: 1 as const, parts: [] },
          name: fundSource(row.fundSource ?? ""),
          cells: cells(row),
        })),
      ],
      notes: [
        ...(balance.leftOut.withoutReceipts
          ? [w.notReceived(balance.leftOut.withoutReceipts)]
          : []),
        ...(balance.leftOut.unpriced ? [w.notPriced(balance.leftOut.unpriced)] : []),
      ],
    }),
    proofs: [
      ...(receivedFen === null
        ? []
        : [
            against(laying, {
              key: "received",
              number: 1,
              what: w.receiptsTotal,
              fen: receivedFen.toString(),
            }),
          ]),
      against(laying, { key: "spent", number: 2, what: w.ledgerTotal, fen: wholeFen }),
    ],
  };
}
