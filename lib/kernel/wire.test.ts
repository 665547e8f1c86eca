import { expect, test } from "vitest";
import { z } from "zod";
import {
  civilDateSchema,
  codeSchema,
  fenInputSchema,
  fenTextSchema,
  listSchema,
  monthSchema,
  versionSchema,
  wordsSchema,
  yearSchema,
} from "./wire";

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

test("money comes in as whole fen, up to 100 亿元", () => {
  for (const text of ["0", "1", "15390000", "1000000000000"])
    expect(takes(fenInputSchema, text)).toBe(true);
  for (const text of [
    "",
    "-1",
    "01",
    "1.0",
    "1e3",
    " 1",
    "1000000000001",
    "9".repeat(30),
    15,
    null,
  ])
    expect([text, takes(fenInputSchema, text)]).toEqual([text, false]);
  expect(takes(fenTextSchema, "-15390000")).toBe(true);
});

test("a list is an array, or words between commas", () => {
  const list = listSchema(z.string());
  expect(list.parse("a,b")).toEqual(["a", "b"]);
  expect(list.parse("")).toEqual([]);
  expect(list.parse(["a"])).toEqual(["a"]);
  expect(takes(list, Array.from({ length: 61 }, () => "a").join(","))).toBe(false);
});

test("a month may be unknown, a year may not", () => {
  expect([monthSchema.parse("0"), monthSchema.parse("12")]).toEqual([0, 12]);
  for (const bad of ["13", "-1", "1.5", "x"]) expect(takes(monthSchema, bad)).toBe(false);
  expect(yearSchema.parse("2024")).toBe(2024);
  for (const bad of ["", "1999", "2101", "2024.5"]) expect(takes(yearSchema, bad)).toBe(false);
});

const faults = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

test("a refusal says which sentence to show", () => {
  expect(faults(fenInputSchema, "1.5")).toEqual(["fen"]);
  expect(faults(fenInputSchema, "1000000000001")).toEqual(["fenRange"]);
  expect(faults(fenInputSchema, "9".repeat(17))).toEqual(["fen"]);
  expect(faults(civilDateSchema, "2026-02-30")).toEqual(["date"]);
  expect(faults(codeSchema, "  ")).toEqual(["required"]);
  expect(faults(codeSchema, "x".repeat(41))).toEqual(["tooLong"]);
  expect(faults(wordsSchema(3), "四个字了")).toEqual(["tooLong"]);
});

test("what was typed around a code or a word is no part of it", () => {
  expect(codeSchema.parse(" golden-autumn ")).toBe("golden-autumn");
  expect(codeSchema.parse("x".repeat(40))).toHaveLength(40);
  expect(wordsSchema(3).parse("  改过\n")).toBe("改过");
  expect(civilDateSchema.parse("2026-08-28")).toBe("2026-08-28");
});

test("money going out is whole fen with a sign, and no other text", () => {
  for (const text of ["0", "15390000", "-15390000"]) expect(takes(fenTextSchema, text)).toBe(true);
  for (const text of ["", "-", "+5", "1.0", "5x", "x5", "--5"])
    expect([text, takes(fenTextSchema, text)]).toEqual([text, false]);
});

test("a version is one that was read: a whole number from 1", () => {
  expect(takes(versionSchema, 1)).toBe(true);
  for (const bad of [0, -1, 1.5, "1", null]) expect(takes(versionSchema, bad)).toBe(false);
});
