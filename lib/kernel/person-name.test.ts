import { expect, test } from "vitest";
import { isName, maskedName, tidyName } from "./person-name";

test("five signs that people type for the dot of a name are one", () => {
  for (const dot of ["\u00B7", "\u2022", "\u2027", "\u30FB", "\uFF65", "\u22C5", "\uFF0E", "."])
    expect(tidyName(`买买提${dot}阿布`)).toBe("买买提·阿布");
  expect(tidyName("买买提 · 阿布")).toBe("买买提·阿布");
  expect(tidyName("J. Smith")).toBe("J. Smith");
});

test("a mask keeps the first sign and the dots, whatever plane the signs lie on", () => {
  expect(maskedName("才让卓玛")).toBe("才***");
  expect(maskedName("𠮷田")).toBe("𠮷*");
  expect(maskedName("买买提·阿布")).toBe("买**·**");
  expect(maskedName("")).toBe("");
});

test("names of every script are names; numbers are none", () => {
  for (const name of ["才让", "买买提·阿布", "བསོད་ནམས", "Әсем", "𠮷", "O’Neil"])
    expect(isName(name)).toBe(true);
  for (const name of ["", "12", "王1", "王,李", "王".repeat(61)]) expect(isName(name)).toBe(false);
  expect(isName("买".repeat(50))).toBe(true);
});
