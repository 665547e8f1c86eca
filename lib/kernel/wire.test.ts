import { expect, test } from "vitest";
import { z } from "zod";
import { fenInputSchema, fenTextSchema, listSchema, monthSchema, yearSchema } from "./wire";

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
