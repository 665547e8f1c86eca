import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COUNT_UNITS } from "./counts";
import {
  columnName,
  CONTENT_FIELDS,
  eachText,
  OWN_TEXTS,
  RATE_FIELDS,
  TEXT_FIELDS,
  TEXT_NAMES,
  type RecordField,
} from "./record-fields";

const schemaOf = (file: string) =>
  readFileSync(new URL(`../../prisma/schema/${file}.prisma`, import.meta.url), "utf8");
const TABLE = /model Disbursement \{([^}]*)\}/.exec(schemaOf("disbursement"))?.[1] ?? "";

/** The columns of the table as the schema has them, with their types; and the tables that ids point to. */
const columns = new Map(
  [...TABLE.matchAll(/^ {2}(\w+) +(BigInt|Int|DateTime|String)\b(?:.*@map\("(\w+)"\))?/gm)].map(
    ([, name = "", type = "", mapped]) => [mapped ?? name, type],
  ),
);
const pointsTo = new Map(
  [...TABLE.matchAll(/^ {2}\w+ +(\w+)\?? +@relation\(fields: \[(\w+)\]/gm)].map(
    ([, model = "", name = ""]) => [
      columnName(name),
      new RegExp(`model ${model} \\{[^}]*@@map\\("(\\w+)"\\)`).exec(schemaOf("reference"))?.[1],
    ],
  ),
);

const TYPES: Record<RecordField["kind"], string> = {
  code: "Int",
  word: "String",
  year: "Int",
  day: "DateTime",
  fen: "BigInt",
  text: "String",
  whole: "Int",
  count: "Int",
};

test.each([...CONTENT_FIELDS, ...RATE_FIELDS])("$name is stored as $kind in $column", (field) => {
  expect(columns.get(field.column)).toBe(TYPES[field.kind]);
  expect(field.list).toBe(field.kind === "code" ? pointsTo.get(field.column) : undefined);
});

test("every column that a clerk's words end in is told once", () => {
  const filled = [...CONTENT_FIELDS, ...RATE_FIELDS].map(({ column }) => column);
  expect(new Set(filled).size).toBe(filled.length);
  const word =
    /^(campaign|programme|aid_|recipient_|form$|fiscal_|paid_|period_|amount_|cash_|goods_|rate_|note$)/;
  const expected = [...columns.keys()].filter((column) => word.test(column));
  expect([...filled].sort()).toEqual([...expected, ...COUNT_UNITS.map(columnName)].sort());
});

test("a reversal turns the money and each count round, and nothing else", () => {
  const signed = CONTENT_FIELDS.filter(({ kind }) => kind === "fen" || kind === "count");
  expect(signed.map(({ name }) => name)).toEqual([
    "amountFen",
    ...COUNT_UNITS,
    "cashFen",
    "goodsFen",
  ]);
  expect(RATE_FIELDS.map(({ name }) => name)).toEqual(["unitFen", "count", "times", "note"]);
});

test("free words have a limit; those that may name a person never enter the audit chain", () => {
  expect(eachText((name) => TEXT_FIELDS[name].mayNamePerson)).toEqual({
    amountWording: false,
    note: true,
  });
  expect(TEXT_NAMES.every((name) => TEXT_FIELDS[name].max > 0)).toBe(true);
  expect(OWN_TEXTS).toEqual(["note"]);
});
