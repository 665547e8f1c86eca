import { parseAmount } from "@/lib/kernel/amount-reading";
import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import { readCount } from "@/lib/kernel/count-reading";
import { ID_KINDS, kindOf, readIdNumber, type IdNumber } from "@/lib/kernel/id-number";
import { formatFen } from "@/lib/kernel/money";
import { isName, tidyName } from "@/lib/kernel/person-name";
import { committedText, type OpenedRow, type SealedTable } from "@/lib/kernel/sealed-table";
import { visibleText } from "@/lib/kernel/typed-text";
import { HEADINGS, ID_KIND_WORDS, ROSTER_COLUMNS, type RosterColumn } from "./labels";
import type { LineInput, RosterLine, RosterSums } from "./types";

/** A line as it is kept: every field in its one form. */
export type Line = {
  name: string;
  document: Pick<IdNumber, "kind" | "number"> | null;
  phone: string | null;
  payee: string | null;
  account: string | null;
  note: string | null;
  amountFen: string | null;
  packs: number | null;
  persons: number;
  households: number | null;
};

/** What a line commits to, in this order for good: whoever has the paper and its nonce can show it. */
export const committedLine = (row: OpenedRow): string[] => [
  String(row["no"] as number),
  ...["name", "id_kind", "id_number", "phone", "payee", "account", "note"].map((column) =>
    committedText(column === "id_kind" ? idKindOf(row) : row[column]),
  ),
];
const idKindOf = (row: OpenedRow) => (row["id_kind"] as string | null)?.toLowerCase() ?? null;

export const ROSTER_LINES: SealedTable = {
  table: "roster_lines",
  seals: ["name", "id_number", "phone", "payee", "account", "note", "nonce"],
  commits: committedLine,
  document: (row) => ({ kind: idKindOf(row) ?? "", number: row["id_number"] as string }),
};

/** A line that was opened, as it is kept; null where some of it stayed shut. */
export const lineOf = (line: RosterLine): Line | null =>
  line.unreadable || line.name === null
    ? null
    : {
        name: line.name,
        document:
          line.idKind && line.idNumber ? { kind: line.idKind, number: line.idNumber } : null,
        phone: line.phone,
        payee: line.payee,
        account: line.account,
        note: line.note,
        amountFen: line.amountFen,
        packs: line.packs,
        persons: line.persons,
        households: line.households,
      };

type Faults = Partial<Record<keyof LineInput, FieldError>>;

const digits = (typed: string) => visibleText(typed.normalize("NFKC")).replace(/[\s\p{Pd}]/gu, "");
/** An account in its one form. */
export const tidyAccount = (typed: string): string => digits(typed).toUpperCase();
const given = (typed: string | null | undefined) => {
  const text = visibleText(typed ?? "");
  return text === "" ? null : text;
};

const PHONE = /^\+?\d{5,20}(\*\d{1,6})?$/;
const ACCOUNT = /^[0-9A-Z]{6,34}$/;
/** Numbers of documents and accounts have fields of their own, which are masked: in a note nobody would mask them. */
const LONG_NUMBER = /\d{11}/;

/** Reads what was typed for a line, or says of which fields it cannot be. */
function readLine(input: LineInput, today: string): { line: Line; faults: Faults } {
  const faults: Faults = {};
  const name = tidyName(input.name);
  if (!isName(name)) faults.name = { key: "personName" };
  const payee = given(input.payee) && tidyName(input.payee ?? "");
  const phone = given(input.phone) && digits(input.phone ?? "");
  const account = given(input.account) && tidyAccount(input.account ?? "");
  const note = given(input.note);
  if (phone && !PHONE.test(phone)) faults.phone = { key: "phone" };
  if (account && !ACCOUNT.test(account)) faults.account = { key: "bankAccount" };
  if (note && LONG_NUMBER.test(digits(note))) faults.note = { key: "numberInNote" };
  const typed = given(input.idNumber);
  const read = typed === null ? null : readIdNumber(typed, input.idKind ?? null, today);
  if (read?.fault) faults.idNumber = { key: read.fault };
  return {
    faults,
    line: {
      name,
      document: read?.id ? { kind: read.id.kind, number: read.id.number } : null,
      phone,
      payee: payee === name ? null : payee,
      account,
      note,
      amountFen: input.amountFen ?? null,
      packs: input.packs ?? null,
      // who is named is one person, unless the line says for how many it stands
      persons: input.persons ?? 1,
      households: input.households ?? null,
    },
  };
}

/** So many lines are named with what is wrong in them: more nobody reads at once. */
const MOST_NAMED = 100;

/** All lines as they are kept; or what is wrong, by line and field. No value is repeated in a sentence. */
export function readLines(
  inputs: readonly LineInput[],
  today: string,
): { lines: Line[]; faults: FieldErrors } {
  const faults: FieldErrors = {};
  let named = 0;
  const lines = inputs.map((input, n) => {
    const { line, faults: own } = readLine(input, today);
    const found = Object.entries(own);
    if (found.length > 0 && named < MOST_NAMED) {
      named += 1;
      for (const [field, fault] of found)
        faults[`lines.${n}.${field}`] = [{ ...fault, values: { ...fault.values, line: n + 1 } }];
    }
    return line;
  });
  return { lines, faults };
}

/** What lines come to; money is null where no line has any. */
export function sumsOf(
  lines: readonly Pick<Line, "amountFen" | "packs" | "persons" | "households">[],
  documented: number,
): RosterSums {
  const priced = lines.flatMap(({ amountFen }) => (amountFen === null ? [] : [BigInt(amountFen)]));
  const total = (count: (line: (typeof lines)[number]) => number | null) =>
    lines.reduce((sum, line) => sum + (count(line) ?? 0), 0);
  return {
    lines: lines.length,
    documented,
    amountFen: priced.length > 0 ? priced.reduce((a, b) => a + b, 0n).toString() : null,
    persons: total((line) => line.persons),
    households: total((line) => line.households),
    packs: total((line) => line.packs),
  };
}

/** What the record says and the lines do not come to, said while they are typed; nothing where there are no lines. */
export function differencesOf(
  sums: RosterSums,
  recorded: {
    amountKind: string;
    amountFen: string | null;
    persons: number | null;
    households: number | null;
    packs: number | null;
  },
): { of: "amount" | "persons" | "households" | "packs"; listed: bigint; recorded: bigint }[] {
  if (sums.lines === 0) return [];
  const { amountKind, amountFen } = recorded;
  const roughly = amountKind === "estimated" || (amountKind === "exact" && amountFen === null);
  const money = { of: "amount", listed: BigInt(sums.amountFen ?? 0), recorded: BigInt(amountFen ?? 0) } as const; // prettier-ignore
  const counts = (["persons", "households", "packs"] as const).flatMap((unit) => {
    const count = recorded[unit];
    return count === null
      ? []
      : [{ of: unit, listed: BigInt(sums[unit]), recorded: BigInt(count) }];
  });
  return [...(roughly ? [] : [money]), ...counts].filter((one) => one.listed !== one.recorded);
}

/** A line as text, the way it is typed; `key` tells it from the others while lines come and go. */
export type TypedLine = { readonly key: number } & { readonly [C in RosterColumn]: string };

export const emptyLine = (key: number): TypedLine => ({
  ...(Object.fromEntries(ROSTER_COLUMNS.map((column) => [column, ""])) as Record<
    RosterColumn,
    string
  >),
  key,
});

export const isBlank = (line: TypedLine): boolean =>
  ROSTER_COLUMNS.every((column) => line[column].trim() === "");

/** A kept line as it would be typed. */
export const typedOf = (line: RosterLine, key: number): TypedLine => ({
  key,
  name: line.name ?? "",
  // what the number says by itself nobody has to choose
  idKind:
    line.idNumber !== null && line.idKind === kindOf(line.idNumber) ? "" : (line.idKind ?? ""),
  idNumber: line.idNumber ?? "",
  phone: line.phone ?? "",
  amount: line.amountFen === null ? "" : formatFen(BigInt(line.amountFen)),
  packs: line.packs === null ? "" : String(line.packs),
  persons: line.persons === 1 ? "" : String(line.persons),
  households: line.households === null ? "" : String(line.households),
  payee: line.payee ?? "",
  account: line.account ?? "",
  note: line.note ?? "",
});

type TypedFaults = Partial<Record<RosterColumn, FieldError>>;
export type TypedReading = { input: LineInput; faults: TypedFaults };

const COLUMN_OF: Partial<Record<string, RosterColumn>> = { amountFen: "amount" };
/** The column in which a field of the wire is typed. */
export const columnOf = (field: string): RosterColumn =>
  COLUMN_OF[field] ?? (field as RosterColumn);

/** What is sent of a line, and what is wrong in it already while it is typed. */
export function readTyped(line: TypedLine, today: string): TypedReading {
  const faults: TypedFaults = {};
  const count = (column: "packs" | "persons" | "households") => {
    const read = readCount(line[column]);
    if (read.kind === "empty") return null;
    if (read.kind === "count" && !read.about) return read.count;
    faults[column] = { key: "count" };
    return null;
  };
  const amount = parseAmount(line.amount);
  if (!amount.ok && amount.reason !== "empty") faults.amount = { key: "fen" };
  const kind = ID_KINDS.find((one) => one === line.idKind) ?? null;
  const input: LineInput = {
    name: line.name.trim(),
    idKind: line.idNumber.trim() === "" ? null : kind,
    idNumber: line.idNumber.trim() || null,
    phone: line.phone.trim() || null,
    payee: line.payee.trim() || null,
    account: line.account.trim() || null,
    amountFen: amount.ok ? amount.fen.toString() : null,
    packs: count("packs"),
    persons: count("persons"),
    households: count("households"),
    note: line.note.trim() || null,
  };
  if (input.name === "") faults.name = { key: "required" };
  const read = readLine(input, today).faults;
  for (const [field, fault] of Object.entries(read)) faults[columnOf(field)] ??= fault;
  return { input, faults };
}

/** 金额（元） is an amount; 金额（万元） is asked, because ten thousand times as much would be read. */
const headingOf = (cell: string): RosterColumn | undefined =>
  /万元/.test(cell)
    ? undefined
    : HEADINGS[
        cell
          .replace(/\s/gu, "")
          .replace(/[（(].*$/, "")
          .toLowerCase()
      ];

/** What a cell says in a column, as it is typed there. */
const typedIn = (column: RosterColumn, cell: string): string => {
  const text = cell.replace(/\s*\n\s*/g, " ").trim();
  return column === "idKind" ? (ID_KIND_WORDS[text] ?? text) : text;
};

/**
 * A block from a spreadsheet, laid over lines from one cell on; further lines are made as they are needed. A first row
 * of headings says which column is which, wherever it is put.
 */
export function pasted(
  lines: readonly TypedLine[],
  at: { row: number; column: RosterColumn },
  block: readonly (readonly string[])[],
  nextKey: () => number,
): TypedLine[] {
  const [first = []] = block;
  const headings = first.map(headingOf);
  const headed = headings.includes("name");
  const from = ROSTER_COLUMNS.indexOf(at.column);
  const columns = headed ? headings : first.map((_, n) => ROSTER_COLUMNS[from + n]);
  const result = [...lines];
  (headed ? block.slice(1) : block).forEach((cells, n) => {
    const row = at.row + n;
    while (result.length <= row) result.push(emptyLine(nextKey()));
    const given = cells.flatMap((cell, place) => {
      const column = columns[place];
      return column ? [[column, typedIn(column, cell)] as const] : [];
    });
    result[row] = { ...(result[row] ?? emptyLine(nextKey())), ...Object.fromEntries(given) };
  });
  return result;
}

/** A file as it was found: the row that heads its columns, what each of them is taken for, and the rows under it. */
export type RosterTable = {
  readonly headings: readonly string[];
  readonly columns: readonly (RosterColumn | null)[];
  readonly rows: readonly (readonly string[])[];
  /** The number of the first of the rows in the file, as a spreadsheet counts. */
  readonly from: number;
};

/** Above a list stand its title, its union and its date. */
const MOST_ROWS_ABOVE = 12;

/** Each column once: of two that are headed alike the first is taken. */
const onceEach = (columns: readonly (RosterColumn | null | undefined)[]) =>
  columns.map((column, n) => (column && columns.indexOf(column) === n ? column : null));

/** Null where no row among the first heads a column of names. */
export function tableOf(cells: readonly (readonly string[])[]): RosterTable | null {
  const at = cells
    .slice(0, MOST_ROWS_ABOVE)
    .findIndex((row) => row.map(headingOf).includes("name"));
  const headings = cells[at];
  if (!headings) return null;
  const columns = onceEach(headings.map(headingOf));
  return { headings, columns, rows: cells.slice(at + 1), from: at + 2 };
}

/** Another meaning of a column; whichever had it before has none. */
export const columnTaken = (
  table: RosterTable,
  at: number,
  column: RosterColumn | null,
): RosterTable => ({
  ...table,
  columns: table.columns.map((was, n) => (n === at ? column : was === column ? null : was)),
});

/** What stands under a list and is nobody. */
const OF_ALL = /^(本页)?(合计|小计|总计|共计)/;

/** The people of a table as lines, and where each stood in the file. Sums and empty rows are nobody. */
export function peopleOf(
  { columns, rows, from }: RosterTable,
  nextKey: () => number,
): { line: TypedLine; at: number }[] {
  return rows.flatMap((cells, n) => {
    const first = cells.find((cell) => cell.trim() !== "") ?? "";
    const given = columns.flatMap((column, place) =>
      column ? [[column, typedIn(column, cells[place] ?? "")] as const] : [],
    );
    const line = { ...emptyLine(nextKey()), ...Object.fromEntries(given) };
    const isSum = [first, line.name].some((text) => OF_ALL.test(text.replace(/\s/gu, "")));
    return isBlank(line) || isSum ? [] : [{ line, at: from + n }];
  });
}
