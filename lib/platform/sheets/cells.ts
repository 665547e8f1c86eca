import type { CellNote, SheetCell } from "@/lib/kernel/sheet-file";
import type { Shown } from "./formats";
import { perCent, serialDay, shownNumber } from "./numbers";

/** What stands in a sheet for one cell, as text. */
export type StoredCell = {
  type: string;
  value: string | null;
  /** Null where it has none. */
  formula: string | null;
  shown: Shown;
};

export type Book = {
  readonly since1904: boolean;
  readonly strings: readonly string[];
};

const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
const UNSAYABLE = /[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu;

/** Text of a cell: escapes read, line ends alike; what nothing can store stands as a mark that is seen. */
export function cellText(stored: string): string {
  return stored
    .replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\r\n?/g, "\n")
    .replace(UNSAYABLE, "\uFFFD");
}

function dayCell(text: string, shown: "day" | "month" | "year", { since1904 }: Book): SheetCell {
  const day = serialDay(text, since1904);
  if (day === null) return { text, note: "noDay" };
  const [year = "", month = ""] = day.split("-");
  if (shown === "year") return { text: `${year}年`, note: "date" };
  return { text: shown === "month" ? `${year}年${Number(month)}月` : day, note: "date" };
}

function numberCell(value: string, shown: Shown, book: Book): SheetCell {
  const number = shownNumber(value);
  if (number === null) return { text: cellText(value), note: "damaged" };
  const { text, long } = number;
  if (long) return { text, note: "longNumber" };
  if (shown === "percent") return { text: perCent(text), note: "percent" };
  if (shown === "day" || shown === "month" || shown === "year") return dayCell(text, shown, book);
  return { text, note: "number" };
}

function valueCell({ type, value, shown }: StoredCell, book: Book): SheetCell {
  if (value === null) return { text: "" };
  switch (type) {
    case "s": {
      const text = /^\d+$/.test(value) ? book.strings[Number(value)] : undefined;
      return text === undefined ? { text: "", note: "damaged" } : { text };
    }
    case "str":
    case "inlineStr":
      return { text: cellText(value) };
    case "b":
      return { text: value.trim() === "1" ? "TRUE" : "FALSE", note: "boolean" };
    case "e":
      return { text: cellText(value), note: "error" };
    case "d":
      return /^\d{4}-\d\d-\d\d/.test(value)
        ? { text: value.slice(0, 10), note: "date" }
        : { text: cellText(value), note: "noDay" };
    default:
      return value.trim() === "" ? { text: "" } : numberCell(value, shown, book);
  }
}

/** What is wrong outweighs that it was worked out. */
const WRONG: readonly (CellNote | undefined)[] = ["error", "damaged", "noDay", "longNumber"];

export function readCell(stored: StoredCell, book: Book): SheetCell {
  const cell = valueCell(stored, book);
  if (stored.formula === null || WRONG.includes(cell.note)) return cell;
  if (stored.value === null || (stored.type !== "str" && stored.value.trim() === ""))
    return { text: "", note: "noResult" };
  return { ...cell, note: "formula" };
}
