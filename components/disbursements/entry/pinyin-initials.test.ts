import { expect, it } from "vitest";
import { pinyinInitials } from "./pinyin-initials";

it.each([
  ["金秋助学", "jqzx"],
  ["冬送温暖", "dswn"],
  ["夏送清凉", "xsql"],
  ["两节慰问", "ljww"],
  ["爱心早餐", "axzc"],
  ["困难职工帮扶", "knzgbf"],
  ["湟源县总工会", "hyxzgh"],
  ["祁连县总工会", "qlxzgh"],
])("%s is found by %s", (name, initials) => {
  expect(pinyinInitials(name)).toBe(initials);
});
