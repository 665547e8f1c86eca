import type { Household } from "@/lib/features/households/types";
import { HOME_DETAILS, PERSON_DETAILS, type DetailKind } from "@/lib/features/households/labels";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";
import type { FieldError } from "@/lib/kernel/app-error";
import { DATE_PROBLEM, readDate } from "@/lib/kernel/date-reading";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { LIST_COLUMNS, LIST_HEADINGS, LIST_WORDS, type ListColumn } from "./labels";
import type { ListedHousehold, LineFault } from "./types";

const bare = (text: string) => text.normalize("NFKC").replace(/[\s*＊]/gu, "");
const columnOf = (heading: string): ListColumn | undefined =>
  LIST_COLUMNS.find((column) => LIST_HEADINGS[column].some((word) => word === bare(heading)));

type Coded = keyof typeof LIST_WORDS;
/** The code of a word of the list; undefined where it is none of its words. */
function codeOf<K extends Coded>(list: K, text: string): keyof (typeof LIST_WORDS)[K] | undefined {
  const entries = Object.entries(LIST_WORDS[list]) as [string, readonly string[]][];
  const found = entries.find(([, words]) => words.includes(bare(text)));
  return found?.[0] as keyof (typeof LIST_WORDS)[K] | undefined;
}

export type ReadList = {
  headed: boolean;
  households: ListedHousehold[];
  faults: LineFault[];
  /** Headings that no field of a file is for. */
  unknown: string[];
};

type Cells = Partial<Record<ListColumn, string>>;

/** Birthdays are of any year; the list writes 1980-01-01, 1980.1.1 or 19800101. */
function bornOf(text: string): CivilDate | null {
  const [, year, month, day] = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?$/.exec(bare(text)) ?? [];
  if (!year || !month || !day) return null;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** One row of the list, its words as codes; what cannot be read is named by line and column. */
function readRow(cells: Cells, line: number, today: CivilDate) {
  const faults: LineFault[] = [];
  const fault = (field: ListColumn, error: FieldError) => faults.push({ line, field, ...error });
  const text = (column: ListColumn) => cells[column]?.trim() || null;
  const coded = <K extends Coded & ListColumn>(column: K) => {
    const said = text(column);
    const code = said === null ? undefined : codeOf(column, said);
    if (said !== null && code === undefined) fault(column, { key: "listWord" });
    return code ?? null;
  };
  const name = text("name");
  if (name === null) fault("name", { key: "required" });
  const bornText = text("born");
  const born = bornText === null ? null : bornOf(bornText);
  if (bornText !== null && born === null) fault("born", { key: "date" });
  const filed = readDate(text("filedOn") ?? "", today);
  if (filed.kind === "unread") fault("filedOn", { key: DATE_PROBLEM[filed.reason] });
  const others = (text("otherCauses") ?? "")
    .split(/[、,，;；]/)
    .filter((part) => part.trim() !== "");
  const otherCauses = others.flatMap((part) => codeOf("cause", part) ?? []);
  if (otherCauses.length < others.length) fault("otherCauses", { key: "listWord" });
  return {
    faults,
    code: text("code"),
    member: {
      relation: coded("relation") ?? ("self" as const),
      name: name ?? "",
      ...{ idKind: coded("idKind"), idNumber: text("idNumber"), born, sex: coded("sex") },
      ...{ phone: text("phone"), health: text("health"), workplace: text("workplace") },
      details: detailsIn(PERSON_DETAILS, text, fault),
    },
    head: {
      ...{ tier: coded("tier"), kind: coded("kind"), level: coded("level"), cause: coded("cause") },
      ...{ otherCauses, address: text("address") },
      details: detailsIn(HOME_DETAILS, text, fault),
      filedOn: filed.kind === "date" ? filed.date : null,
    },
  };
}

/** What the list says beside: money in yuan, 是 or 否, and words. */
function detailsIn<F extends ListColumn>(
  kinds: Readonly<Record<F, DetailKind>>,
  text: (column: ListColumn) => string | null,
  fault: (field: ListColumn, error: FieldError) => void,
): Partial<Record<F, string>> | null {
  const details: Partial<Record<F, string>> = {};
  for (const field of Object.keys(kinds) as F[]) {
    const typed = text(field);
    if (typed === null) continue;
    const kind = kinds[field];
    if (kind === "money") {
      const read = parseAmount(typed);
      if (read.ok && read.fen >= 0n) details[field] = read.fen.toString();
      else fault(field, { key: "number" });
    } else if (kind === "yesNo") {
      const said = ({ 是: "yes", 有: "yes", 否: "no", 无: "no" } as Record<string, string>)[typed];
      if (said) details[field] = said;
      else fault(field, { key: "listWord" });
    } else details[field] = typed;
  }
  return Object.keys(details).length > 0 ? details : null;
}

/** And out again, as the list writes it. */
function written(kind: DetailKind, text: string): string {
  if (kind === "money") return formatFen(BigInt(text), { group: false });
  return kind === "yesNo" ? (text === "yes" ? "是" : "否") : text;
}
const besideOf = <F extends string>(
  kinds: Readonly<Record<F, DetailKind>>,
  details: Partial<Record<F, string>> | null,
) =>
  Object.fromEntries(
    (Object.keys(kinds) as F[]).map((field) => {
      const text = details?.[field];
      return [field, text === undefined ? "" : written(kinds[field], text)];
    }),
  ) as Record<F, string>;

/** Whose file is said by a row alone must say so; what a list leaves out has the county's usual answer. */
const DEFAULTS = { kind: "urban", level: "county" } as const;

/**
 * Reads a table whose headings stand in one of its first rows. A row that says 户主, or nothing of how it is related,
 * begins a household; the rows below it are of its people, as long as they name no other file.
 */
export function readList(table: readonly (readonly string[])[], today: CivilDate): ReadList {
  const at = table.slice(0, 10).findIndex((cells) => {
    const columns = cells.map(columnOf);
    return columns.includes("name") && columns.includes("idNumber");
  });
  const read: ReadList = { headed: at >= 0, households: [], faults: [], unknown: [] };
  if (at < 0) return read;
  const headings = table[at] ?? [];
  const columns = headings.map(columnOf);
  read.unknown = headings.filter((text, n) => columns[n] === undefined && text.trim() !== "");
  table.slice(at + 1).forEach((row, n) => {
    const cells: Cells = {};
    row.forEach((cell, place) => {
      const column = columns[place];
      if (column && cell.trim() !== "") cells[column] ??= cell;
    });
    if (Object.keys(cells).length === 0) return;
    const line = at + n + 2;
    const { faults, code, member, head } = readRow(cells, line, today);
    read.faults.push(...faults);
    const before = read.households.at(-1);
    if (member.relation !== "self" && before && (code === null || code === before.input.code)) {
      before.lines.push(line);
      before.input.members.push(member);
      return;
    }
    const { tier, kind, level, cause, filedOn, ...rest } = head;
    for (const [field, said] of [
      ["tier", tier],
      ["cause", cause],
      ["filedOn", filedOn],
    ] as const)
      // prettier-ignore
      if (said === null && !faults.some((one) => one.field === field))
        read.faults.push({ line, field, key: "required" });
    read.households.push({
      lines: [line],
      input: {
        ...{ code, ...rest, kind: kind ?? DEFAULTS.kind, level: level ?? DEFAULTS.level },
        ...{ tier: tier ?? "relative", cause: cause ?? "other", filedOn: filedOn ?? today },
        members: [member],
      },
    });
  });
  return read;
}

/** Where a fault of a file stands in the list: members.2.idNumber is of the third of its lines. */
export function lineOfField(
  lines: readonly number[],
  path: string,
): { line: number; field: string } {
  const [, n, field] = /^members\.(\d+)\.(?:details\.)?(\w+)$/.exec(path) ?? [];
  return {
    line: lines[Number(n ?? 0)] ?? lines[0] ?? 0,
    field: field ?? path.replace(/^details\./, ""),
  };
}

export const LIST_HEAD: string[] = LIST_COLUMNS.map((column) => LIST_HEADINGS[column][0]);
const word = (list: Coded, code: string | null) =>
  code === null ? "" : ((LIST_WORDS[list] as Record<string, readonly string[]>)[code]?.[0] ?? "");

/** A file as rows of the list, its holder first; what is of the household stands on the holder's row. */
export function rowsOf(
  file: Pick<Household, "code" | "tier" | "kind" | "level" | "cause" | "otherCauses" | "address" | "details" | "filedOn" | "members">, // prettier-ignore
): string[][] {
  return file.members.map((member, n) => {
    const said: Record<ListColumn, string> = {
      code: file.code,
      relation: word("relation", member.relation),
      name: member.name ?? "",
      idKind: word("idKind", member.idKind),
      idNumber: member.idNumber ?? "",
      sex: word("sex", member.sex),
      born: member.born ?? "",
      phone: member.phone ?? "",
      health: member.health ?? "",
      workplace: member.workplace ?? "",
      tier: n > 0 ? "" : word("tier", file.tier),
      kind: n > 0 ? "" : word("kind", file.kind),
      level: n > 0 ? "" : word("level", file.level),
      cause: n > 0 ? "" : word("cause", file.cause),
      otherCauses: n > 0 ? "" : file.otherCauses.map((one) => word("cause", one)).join("、"),
      address: n > 0 ? "" : (file.address ?? ""),
      filedOn: n > 0 ? "" : file.filedOn,
      ...besideOf(PERSON_DETAILS, member.details),
      ...besideOf(HOME_DETAILS, n > 0 ? null : file.details),
    };
    return LIST_COLUMNS.map((column) => said[column]);
  });
}
