import { describe, expect, test } from "vitest";
import { parseAmount } from "./amount-reading";
import { changePermille, formatFen, MAX_FEN, splitFen } from "./money";

/** The same numbers every run: a failure can be looked at again. */
function* randoms(seed: number): Generator<bigint, never> {
  let state = BigInt(seed);
  for (;;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    yield state >> 20n;
  }
}

const read = (text: string) => {
  const parsed = parseAmount(text);
  return parsed.ok ? parsed.fen : parsed.reason;
};

describe("writing", () => {
  test.each([
    [0n, "0.00", "0.00"],
    [1n, "0.01", "0.00"],
    [15_390_000n, "153,900.00", "15.39"],
    [123_456_789n, "1,234,567.89", "123.46"],
    [5_000n, "50.00", "0.01"],
    [4_999n, "49.99", "0.00"],
    [-15_390_000n, "-153,900.00", "-15.39"],
    [-1n, "-0.01", "0.00"],
  ])("%s fen", (fen, yuan, wan) => {
    expect(formatFen(fen)).toBe(yuan);
    expect(formatFen(fen, { unit: "wan" })).toBe(wan);
  });

  test("exact 万元 shows as many places as the amount has, two at least", () => {
    expect(formatFen(5_061_600n, { unit: "wan", exact: true })).toBe("5.0616");
    expect(formatFen(5_000_000n, { unit: "wan", exact: true })).toBe("5.00");
    expect(formatFen(1n, { unit: "wan", exact: true })).toBe("0.000001");
  });

  test("what is written exactly is read back to the fen", () => {
    const random = randoms(1);
    for (let i = 0; i < 2_000; i++) {
      const fen = random.next().value % (MAX_FEN + 1n);
      expect(read(formatFen(fen))).toBe(fen);
      expect(read(formatFen(fen, { group: false }))).toBe(fen);
      expect(read(`${formatFen(fen, { unit: "wan", exact: true })}万`)).toBe(fen);
    }
  });
});

describe("splitting", () => {
  test("neither makes nor loses a fen, whatever the weights, and undoes itself", () => {
    const random = randoms(2);
    for (let i = 0; i < 1_000; i++) {
      const total = random.next().value % 10_000_000n;
      const weights = Array.from({ length: 1 + (i % 7) }, () => random.next().value % 1_000n);
      weights[0] = 1n + (weights[0] ?? 0n);
      const parts = splitFen(total, weights);
      expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
      const whole = weights.reduce((a, b) => a + b, 0n);
      parts.forEach((part, n) => {
        const exact = total * (weights[n] ?? 0n);
        expect(part * whole - exact < whole && exact - part * whole < whole).toBe(true);
      });
      expect(splitFen(-total, weights)).toEqual(parts.map((part) => -part));
    }
  });

  test("the largest remainder takes the odd fen, the first of equals", () => {
    expect(splitFen(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitFen(10n, [18n, 10n])).toEqual([6n, 4n]);
    expect(splitFen(5n, [0n, 1n])).toEqual([0n, 5n]);
  });

  test("weights that say nothing are a mistake", () => {
    expect(() => splitFen(1n, [])).toThrow(RangeError);
    expect(() => splitFen(1n, [0n])).toThrow(RangeError);
    expect(() => splitFen(1n, [2n, -1n])).toThrow(RangeError);
  });
});

test("increase in per mille, half away from zero; a zero base has none", () => {
  expect(changePermille(11_409n, 10_000n)).toBe(141n);
  expect(changePermille(50n, 100n)).toBe(-500n);
  expect(changePermille(10_005n, 10_000n)).toBe(1n);
  expect(changePermille(9_995n, 10_000n)).toBe(-1n);
  expect(changePermille(5n, 0n)).toBeNull();
  expect(changePermille(50n, -100n)).toBe(1_500n);
});
