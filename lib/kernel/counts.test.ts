import { expect, test } from "vitest";
import { COUNT_UNITS, COUNT_WORDS, eachCount } from "./counts";

test("each unit has a word of its own: 3户9人 never reads as 3户9户", () => {
  const words = COUNT_UNITS.map((unit) => COUNT_WORDS[unit]);
  expect(words.every((word) => /^[\u4e00-\u9fff]+$/.test(word))).toBe(true);
  expect(new Set(words).size).toBe(COUNT_UNITS.length);
});

test("a value for each unit, made of that unit", () => {
  expect(eachCount((unit) => unit)).toEqual(
    Object.fromEntries(COUNT_UNITS.map((unit) => [unit, unit])),
  );
});
