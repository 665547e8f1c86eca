import { describe, expect, test } from "vitest";
import { deriveRate, type PartialRate } from "./rate-basis";

const whole = { unitFen: 600n, count: 1185, times: 365, amountFen: 259_515_000n };
const FIELDS = ["unitFen", "count", "times", "amountFen"] as const;
const none: PartialRate = { unitFen: null, count: null, times: null, amountFen: null };

describe("six yuan × 1,185 workers × 365 days", () => {
  test.each(FIELDS)("any three give %s", (field) => {
    const rate = { unitFen: 600n, count: 1185, times: 365 };
    expect(deriveRate({ ...whole, [field]: null })).toEqual({
      kind: "derived",
      field,
      rate,
      amountFen: whole.amountFen,
    });
  });

  test("all four agree or contradict", () => {
    expect(deriveRate(whole)).toMatchObject({ kind: "complete" });
    expect(deriveRate({ ...whole, amountFen: 259_515_001n })).toEqual({
      kind: "contradiction",
      expectedFen: 259_515_000n,
      amountFen: 259_515_001n,
    });
  });
});

test("fewer than three say nothing", () => {
  expect(deriveRate(none)).toEqual({ kind: "none" });
  for (const a of FIELDS)
    for (const b of FIELDS)
      expect(deriveRate({ ...none, [a]: whole[a], [b]: whole[b] })).toEqual({ kind: "none" });
});

test("a fourth number that is not whole, or not there, is said to be so", () => {
  expect(deriveRate({ ...whole, unitFen: null, amountFen: 100n })).toEqual({
    kind: "indivisible",
    field: "unitFen",
  });
  expect(deriveRate({ ...whole, count: null, amountFen: 1n })).toEqual({
    kind: "indivisible",
    field: "count",
  });
  expect(deriveRate({ ...whole, times: null, count: 0 })).toEqual({
    kind: "indivisible",
    field: "times",
  });
  expect(deriveRate({ ...whole, unitFen: 0n, times: null })).toEqual({
    kind: "indivisible",
    field: "times",
  });
  expect(deriveRate({ ...whole, unitFen: null, times: 0 })).toEqual({
    kind: "indivisible",
    field: "unitFen",
  });
});

test("whatever is multiplied can be taken apart again", () => {
  for (let i = 1; i < 400; i++) {
    const rate = { unitFen: BigInt(i * 37), count: (i % 50) + 1, times: (i % 12) + 1 };
    const given = deriveRate({ ...rate, amountFen: null });
    if (given.kind !== "derived") throw new Error(given.kind);
    for (const field of ["unitFen", "count", "times"] as const)
      expect(deriveRate({ ...rate, amountFen: given.amountFen, [field]: null })).toMatchObject({
        kind: "derived",
        rate,
      });
  }
});
