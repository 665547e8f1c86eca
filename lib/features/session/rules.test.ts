import { describe, expect, it } from "vitest";
import { passwordFault } from "./rules";

describe("passwordFault", () => {
  it.each([
    ["short", "passwordShort"],
    ["暖账暖账", "passwordShort"],
    ["x".repeat(129), "tooLong"],
    ["aaaaaaaaaaaa", "passwordCommon"],
    ["1234567890", "passwordCommon"],
    ["Password1234", "passwordCommon"],
    ["my-clerk.huangyuan!", "passwordName"],
  ])("%s: %s", (password, key) =>
    expect(passwordFault(password, "clerk.huangyuan")?.key).toBe(key),
  );

  it.each(["correct horse battery", "高原上的风真大，棉衣要厚", "k7mp-x3qd-9wvt-h2fn"])(
    "takes %s",
    (password) => expect(passwordFault(password, "clerk.huangyuan")).toBeNull(),
  );
});
