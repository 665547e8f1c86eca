import { describe, expect, test } from "vitest";
import { parseAmount, readAmount } from "./amount-reading";
import { capitalAmount } from "./capital-amount";
import { formatFen, MAX_FEN } from "./money";

const read = (text: string, unit?: "yuan" | "wan") => {
  const parsed = parseAmount(text, unit);
  return parsed.ok ? parsed.fen : parsed.reason;
};

describe("reading what a clerk types", () => {
  test.each([
    ["1,332.50", 133_250n],
    ["61.58万", 61_580_000n],
    ["5.0616万元", 5_061_600n],
    ["203.907 万", 203_907_000n],
    ["1332.5元", 133_250n],
    ["¥200", 20_000n],
    ["￥２００．５", 20_050n],
    ["1，332.50", 133_250n],
    [" 1\u00a0332.50 ", 133_250n],
    ["1\u202f332.50", 133_250n],
    ["12,345,678.90", 1_234_567_890n],
    ["0", 0n],
    [".5", 50n],
    [".25元", 25n],
    ["1'234’567.00", 123_456_700n],
    ["7.", 700n],
    ["3w", 3_000_000n],
    ["1.2300", 123n],
    ["0.000001万", 1n],
    ["1.2亿", 12_000_000_000n],
    ["5 亿", 50_000_000_000n],
    [".5亿", 5_000_000_000n],
    ["300块", 30_000n],
    ["300块钱", 30_000n],
    ["300圆整", 30_000n],
    ["叁佰元", 30_000n],
    ["叁佰元整", 30_000n],
    ["三百零五元", 30_500n],
    ["十元", 1_000n],
    ["十五万", 15_000_000n],
    ["两百", 20_000n],
    ["壹仟叁佰叁拾贰元伍角整", 133_250n],
    ["壹元零伍分", 105n],
    ["伍角", 50n],
    ["12元5角3分", 1_253n],
    ["3千", 300_000n],
    ["3百万", 300_000_000n],
    ["1亿2000万", 12_000_000_000n],
    ["3万5千元", 3_500_000n],
    ["3万5000元", 3_500_000n],
    ["人民币200元", 20_000n],
    ["RMB 1,200", 120_000n],
    ["300 yuan", 30_000n],
    ["1.5 million", 150_000_000n],
    ["\u200b1200\u202c", 120_000n],
    ["\u2066６１．５８万\u2069", 61_580_000n],
    ["10,000,000,000", MAX_FEN],
  ])("%s", (text, fen) => expect(read(text)).toBe(fen));

  test.each([
    ["", "empty"],
    ["  ", "empty"],
    ["0.005", "precision"],
    ["0.0000001万", "precision"],
    ["10,000,000,000.01", "range"],
    ["99999999999999", "range"],
    ["9".repeat(400), "range"],
    ["-5", "format"],
    ["1e5", "format"],
    [".", "format"],
    ["1.2.3", "format"],
    ["NaN", "format"],
    ["1200\t3", "several"],
    ["100\n200", "several"],
    // how an input shows the line end of a paste
    ["100 200", "several"],
    ["1200 .5", "several"],
    ["5²", "format"],
    ["①", "format"],
    ["½", "format"],
    ["三百五", "format"],
    ["一万二", "format"],
    ["3万5", "format"],
    ["3万50000元", "format"],
    ["5千3万", "format"],
    ["几百元", "format"],
    ["半", "format"],
    ["壹佰佰元", "format"],
    ["1.5元3角", "format"],
    ["3户9人", "format"],
    ["¥", "format"],
    ["元", "format"],
    ["约", "format"],
    ["约30万", "format"],
    ["1.23456789012亿", "precision"],
    ["200亿", "range"],
    ["5¥", "format"],
  ])("refuses %j: %s", (text, reason) => expect(read(text)).toBe(reason));

  test.each([
    "1,5",
    "61,58万",
    ",100",
    "1,23",
    "1234,567",
    "1,234,56",
    "1.5,000",
    "1.25,000",
    "1,,000",
    "12'34",
  ])("does not guess where a comma stands oddly: %s", (text) => expect(read(text)).toBe("format"));

  test("the unit is that of the form, unless the text names one", () => {
    expect(read("1.5", "wan")).toBe(1_500_000n);
    expect(read("1.5元", "wan")).toBe(150n);
    expect(read("1.5万", "yuan")).toBe(1_500_000n);
  });
});

describe("what is only about right", () => {
  test.each([
    ["约30万", 30_000_000n],
    ["大约 300 元", 30_000n],
    ["61.58万余元", 61_580_000n],
    ["30多万元", 30_000_000n],
    ["三十多万", 30_000_000n],
    ["300余元", 30_000n],
    ["5300余", 530_000n],
    ["近10万", 10_000_000n],
    ["10万左右", 10_000_000n],
    ["~300", 30_000n],
    ["about 300", 30_000n],
    ["over 1.2 million", 120_000_000n],
  ])("%s", (text, fen) => {
    expect(readAmount(text)).toEqual({ kind: "amount", fen, estimated: true, words: text });
  });

  test("keeps the words without what cannot be seen", () => {
    expect(readAmount(" ６１．５８万余元\u200b ")).toMatchObject({ words: "61.58万余元" });
  });

  test("is told from what is exact", () => {
    expect(readAmount("61.58万")).toMatchObject({ estimated: false });
    expect(readAmount("约数")).toEqual({ kind: "unread", reason: "format" });
  });
});

test("reads back every amount as the product writes it, in figures and in capitals", () => {
  let fen = 7n;
  for (let n = 0; n < 4_000; n++) {
    fen = (fen * 6_364_136_223_846_793n + 1_442_695n) % MAX_FEN;
    const amount =
      n % 3 === 0 ? (fen / 1_000_000n) * 1_000_000n : n % 3 === 1 ? fen % 100_000n : fen;
    for (const text of [
      formatFen(amount),
      `${formatFen(amount, { unit: "wan", exact: true })}万`,
      capitalAmount(amount),
    ])
      expect([text, read(text)]).toEqual([text, amount]);
  }
});
