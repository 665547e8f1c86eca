import { expect, it } from "vitest";
import { hasInitials, pinyinInitials } from "./pinyin-initials";

it.each([
  ["金秋助学", "jqzx"],
  ["冬送温暖", "dswn"],
  ["夏送清凉", "xsql"],
  ["两节慰问", "ljww"],
  ["爱心早餐", "axzc"],
  ["困难职工帮扶", "knzgbf"],
  ["湟源县总工会", "hyxzgh"],
  ["祁连县总工会", "qlxzgh"],
  ["化隆县总工会", "hlxzgh"],
  ["德令哈市总工会", "dlhszgh"],
  ["乐都区总工会", "ldqzgh"],
  ["银行转账", "yhzz"],
  ["长期", "cq"],
  ["调解", "tj"],
  ["刚察县总工会", "gcxzgh"],
  ["玛沁县总工会", "mqxzgh"],
])("%s is found by %s", (name, initials) => {
  expect(pinyinInitials(name)).toContain(initials);
});

it("does not grow with every character that has two readings", () => {
  expect(pinyinInitials("行长调重会解校".repeat(20)).length).toBeLessThanOrEqual(24);
});

it.each([
  ["湟源县总工会", "hy", true],
  ["湟源县总工会", "hyx", true],
  ["湟源县总工会", "zgh", true],
  ["湟源县总工会", "gh", false],
  ["湟源县总工会", "hyxzghx", false],
  ["2026年夏送清凉", "xsql", true],
  ["银行", "yh", true],
  ["银行", "yx", true],
  ["中国银行", "hy", false],
  ["", "hy", false],
])("%s and %s: %s", (name, letters, found) => {
  expect(hasInitials(name, letters)).toBe(found);
});
