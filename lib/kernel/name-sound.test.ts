import { describe, expect, test } from "vitest";
import { bareName, soundKeys } from "./name-sound";

const near = (a: string, b: string) => soundKeys(a).some((key) => soundKeys(b).includes(key));

describe("names that are one for whoever listens", () => {
  test.each([
    ["王莉", "王丽"],
    ["张伟", "章玮"],
    ["李英", "李音"],
    ["才让卓玛", "次仁卓玛"],
    ["旦增多杰", "丹增多吉"],
    ["买买提·阿不都", "麦麦提阿卜杜"],
    ["古丽·努尔", "姑丽奴尔"],
    ["阿依古丽·买买提", "阿依古丽·买买提江"],
    ["叶尔兰·巴合提别克", "叶尔兰·巴哈提拜克"],
    ["𠮷田", "𠮷田"],
    ["Anna-Maria O’Neil", "anna maria o'neil"],
  ])("%s and %s", (a, b) => expect(near(a, b)).toBe(true));

  test.each(["\u00B7", "\u2022", "\u2027", "\u30FB", "\uFF65", "．", " ", ""])(
    "whichever dot is typed: %j",
    (dot) => expect(near(`买买提${dot}阿布`, "买买提·阿布")).toBe(true),
  );

  test.each([
    ["王丽", "王芳"],
    ["王文静", "王文娟"],
    ["扎西才让", "扎西多杰"],
    ["才让", "才让卓玛"],
    ["卓玛", "拉毛"],
  ])("%s and %s are two", (a, b) => expect(near(a, b)).toBe(false));
});

test("a name without its dots is compared sign by sign", () => {
  expect(bareName(" 买买提 ・ 阿布")).toBe("买买提阿布");
  expect(bareName("张伟")).not.toBe(bareName("张玮"));
});
