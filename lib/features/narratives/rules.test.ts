import { describe, expect, test } from "vitest";
import { emptySums } from "@/lib/features/figures/rules";
import { amountOf, amountText, clause, joined } from "./rules";
import type { Wording } from "./types";

const wording = (words: string, amountFen: string): Wording => ({
  ...{ programme: "p", aidCategory: "c", recipientKind: "k", form: "cash", organisation: "o" },
  ...{ words, amountFen, count: 1 },
});

/** The text of so many records of which the estimated ones were published in such words. */
function told(fen: bigint, records: number, ...wordings: Wording[]): string | null {
  const sums = { ...emptySums(), amountFen: fen, records, estimated: wordings.length };
  const amount = amountOf({ sums, wordings });
  return amount && amountText(amount, "zh-CN");
}

describe("an amount in a sentence", () => {
  test("is exact to the yuan, and rounded only with the word for which way", () => {
    expect(told(14_300_000n, 1)).toBe("14.3万元");
    expect(told(5_061_600n, 1)).toBe("5.0616万元");
    expect(told(80_000n, 1)).toBe("800元");
    expect(told(12_341_250n, 2)).toBe("12.34万余元");
    expect(told(12_347_850n, 2)).toBe("近12.35万元");
  });

  test("is called what it was published as, where one record is the sum and its words say the amount", () => {
    expect(told(240_000_000n, 1, wording("约240余万元", "240000000"))).toBe("约240余万元");
    expect(told(61_580_000n, 1, wording("61.58万余元", "61580000"))).toBe("61.58万余元");
    // words that say another amount, or none, are not repeated
    expect(told(61_580_000n, 1, wording("60余万元", "61580000"))).toBe("61.58万余元");
    expect(told(300_000n, 1, wording("见附件", "300000"))).toBe("约0.3万元");
  });

  test("of a sum lies as all its estimates do, else about there", () => {
    const [over, nearly] = [wording("13万余元", "13000000"), wording("近29万元", "29000000")];
    expect(told(15_000_000n, 3, over)).toBe("15万余元");
    expect(told(42_000_000n, 2, over, nearly)).toBe("约42万元");
  });

  test("of nothing recorded is not said", () => {
    expect(told(0n, 0)).toBeNull();
    expect(clause`发放${told(0n, 0)}`).toBeNull();
    expect(joined([null, clause`惠及${"3户"}`], "，")).toEqual(["惠及", "3户"]);
  });
});
