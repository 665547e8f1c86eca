import { describe, expect, test } from "vitest";
import { alternating, cutSentence, splitAt, unboundIn, withoutEmpty } from "./rules";

const token = (name: string) => ({ name });
const [a, b, c] = [token("a"), token("b"), token("c")];

describe("a text with numbers in it", () => {
  test("has room to write before, between and after them", () => {
    expect(alternating([a, b, "。", "完"])).toEqual(["", a, "", b, "。完"]);
    expect(alternating([])).toEqual([""]);
    expect(withoutEmpty(alternating([a, b]))).toEqual([a, b]);
  });

  test("is cut in two with nothing lost", () => {
    const pieces = ["登记", a, "，支出", b, "。"];
    const [before, after] = splitAt(pieces, { at: 2, offset: 1 });
    expect(before).toEqual(["登记", a, "，"]);
    expect(after).toEqual(["支出", b, "。"]);
  });

  test("loses a number only with its sentence, and no other", () => {
    const pieces = ["头一句。登记", a, "，支出", b, "；另有", c, "未计价。尾"];
    expect(cutSentence(pieces, 1)).toEqual({
      sentence: ["登记", a, "，支出", b, "；"],
      left: ["头一句。另有", c, "未计价。尾"],
    });
    expect(cutSentence(pieces, 5)).toEqual({
      sentence: ["另有", c, "未计价。"],
      left: ["头一句。登记", a, "，支出", b, "；尾"],
    });
    expect(cutSentence(["spent ", a, " in all. It reached ", b, ""], 3).sentence).toEqual([
      " It reached ",
      b,
    ]);
    // a decimal point ends nothing
    expect(cutSentence(["about 1.5 and ", a, "."], 1).left).toEqual([""]);
  });
});

describe("a number somebody typed", () => {
  test("is found, in figures and in characters", () => {
    expect(unboundIn(["惠及120户，发放３.５万余元，", a, "走访二十三家，占98%"])).toEqual(["120户", "３.５万余元", "98%", "二十三家"]); // prettier-ignore
    expect(unboundIn(["reached 1,200 households and 3 persons"])).toEqual(["1,200 households", "3 persons"]); // prettier-ignore
  });
  test("is not a year, an ordinal or a manner of speaking", () => {
    expect(unboundIn(["2024年第3季度，一名职工、一系列活动", "in 2024, one of them"])).toEqual([]);
  });
});
