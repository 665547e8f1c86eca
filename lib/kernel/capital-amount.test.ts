import { expect, test } from "vitest";
import { capitalAmount } from "./capital-amount";

test.each([
  ["0", "零元整"],
  ["1", "壹分"],
  ["10", "壹角整"],
  ["15", "壹角伍分"],
  ["100", "壹元整"],
  ["105", "壹元零伍分"],
  ["150", "壹元伍角整"],
  ["1000", "壹拾元整"],
  ["10005", "壹佰元零伍分"],
  ["10500", "壹佰零伍元整"],
  ["133250", "壹仟叁佰叁拾贰元伍角整"],
  ["140950", "壹仟肆佰零玖元伍角整"],
  ["600714", "陆仟零柒元壹角肆分"],
  ["168032", "壹仟陆佰捌拾元叁角贰分"],
  ["1640902", "壹万陆仟肆佰零玖元零贰分"],
  ["1000010", "壹万元壹角整"],
  ["1001000", "壹万零壹拾元整"],
  ["10000000", "壹拾万元整"],
  ["32500000", "叁拾贰万伍仟元整"],
  ["1000000010", "壹仟万元壹角整"],
  // where the thousands follow a zero, the rules leave 零 to the writer: ours does without
  ["1000100000", "壹仟万壹仟元整"],
  ["10000000000", "壹亿元整"],
  ["10000000100", "壹亿零壹元整"],
  ["10001000000", "壹亿零壹万元整"],
  ["10000100000", "壹亿零壹仟元整"],
  ["12030405060", "壹亿贰仟零叁拾万肆仟零伍拾元陆角整"],
  ["1000000000000", "壹佰亿元整"],
  // more than one record may carry, but a total may
  ["100000000000000", "壹万亿元整"],
  ["-15390000", "负壹拾伍万叁仟玖佰元整"],
])("%s fen is %s", (fen, words) => expect(capitalAmount(BigInt(fen))).toBe(words));

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const UNITS: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n };

/** Reads capitals back by the rules of the language, not by ours: a second way to the same number. */
function read(words: string): bigint {
  let fen = 0n;
  let section = 0n;
  let yuan = 0n;
  let digit = 0n;
  for (const word of words) {
    if (DIGITS.includes(word)) digit = BigInt(DIGITS.indexOf(word));
    else if (UNITS[word] !== undefined) [section, digit] = [section + digit * UNITS[word], 0n];
    else if (word === "万" || word === "亿") {
      const scale = word === "万" ? 10_000n : 100_000_000n;
      yuan = (yuan + section + digit) * 1n + (section + digit) * (scale - 1n);
      [section, digit] = [0n, 0n];
    } else if (word === "元") [yuan, section, digit] = [yuan + section + digit, 0n, 0n];
    else if (word === "角") [fen, digit] = [fen + digit * 10n, 0n];
    else if (word === "分") [fen, digit] = [fen + digit, 0n];
  }
  return yuan * 100n + fen;
}

test("every amount reads back to itself, and never has two zeros in a row", () => {
  let state = 20261120n;
  for (let i = 0; i < 3_000; i++) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    // of every size, with many zeros inside
    const fen = (state >> 24n) % 10n ** BigInt(1 + (i % 12));
    const sparse = fen - (fen % 10n ** BigInt(i % 5));
    for (const amount of [fen, sparse]) {
      const words = capitalAmount(amount);
      expect([amount, read(words)]).toEqual([amount, amount]);
      if (amount > 0n) expect(words).not.toMatch(/零零|零元|零万|零亿|^零/);
    }
  }
});
