import { COUNT_UNITS } from "./counts";

/** Words a clerk may write. Those that may name a person are kept out of the audit chain, which outlives them. */
export const TEXT_FIELDS = {
  amountWording: { max: 100, mayNamePerson: false },
  note: { max: 1000, mayNamePerson: true },
} as const;

export type TextField = keyof typeof TEXT_FIELDS;

export const TEXT_NAMES = Object.keys(TEXT_FIELDS) as TextField[];

/** Those with a line of their own; the wording stands beside the amount it words. */
export const OWN_TEXTS = TEXT_NAMES.filter((name) => name !== "amountWording");

export function eachText<T>(value: (name: TextField) => T): Record<TextField, T> {
  return Object.fromEntries(TEXT_NAMES.map((name) => [name, value(name)])) as Record<TextField, T>;
}

/**
 * How a field is stored: a code by its id in `list`; a word of a closed list in capitals; money as integer fen.
 * `count` and `fen` change their sign in a reversal, the others stay.
 */
type FieldKind = "code" | "word" | "year" | "day" | "fen" | "text" | "whole" | "count";

export type RecordField = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly column: string;
  /** The table a code stands in. */
  readonly list?: string;
};

/** personTimes → person_times. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const field = (name: string, kind: FieldKind): RecordField => ({
  name,
  kind,
  column: columnName(name),
});
const coded = (name: string, list: string): RecordField => ({
  name,
  kind: "code",
  column: `${columnName(name)}_id`,
  list,
});

/** What a row of the ledger says of the aid itself, a column each. Shares have a table of their own. */
export const ROW_FIELDS: readonly RecordField[] = [
  coded("campaign", "campaigns"),
  coded("programme", "programmes"),
  coded("aidCategory", "aid_categories"),
  coded("recipientKind", "recipient_kinds"),
  field("form", "word"),
  field("fiscalYear", "year"),
  field("paidOn", "day"),
  field("periodFrom", "day"),
  field("periodTo", "day"),
  field("amountFen", "fen"),
  field("amountKind", "word"),
  ...TEXT_NAMES.map((name) => field(name, "text")),
  ...COUNT_UNITS.map((unit) => field(unit, "count")),
];

/** What only the record's own page shows besides. */
export const PAGE_FIELDS: readonly RecordField[] = [
  field("cashFen", "fen"),
  field("goodsFen", "fen"),
];

/** Unit rate × count × times: all of it or nothing. The rate says how, so a reversal keeps it out. */
export const RATE_FIELDS: readonly RecordField[] = [
  { name: "unitFen", kind: "fen", column: "rate_unit_fen" },
  { name: "count", kind: "whole", column: "rate_count" },
  { name: "times", kind: "whole", column: "rate_times" },
  { name: "note", kind: "text", column: "rate_note" },
];

/** Every column a clerk's words end in. */
export const CONTENT_FIELDS: readonly RecordField[] = [...ROW_FIELDS, ...PAGE_FIELDS];
