import { describe, expect, it } from "vitest";
import { passwordFault } from "./password-rule";

describe("passwordFault", () => {
  it.each([
    ["short", "passwordShort"],
    ["暖账暖账", "passwordShort"],
    ["x".repeat(129), "tooLong"],
    ["aaaaaaaaaaaa", "passwordCommon"],
    ["passwordPASSWORD", "passwordCommon"],
    ["qwertyuiop2026", "passwordCommon"],
    ["0123456789", "passwordCommon"],
    ["12345678900", "passwordCommon"],
    ["123456789password", "passwordCommon"],
    ["abc1234abc1234", "passwordCommon"],
    ["abcd1234abcd1234", "passwordCommon"],
    ["1234567890", "passwordCommon"],
    ["Password1234", "passwordCommon"],
    ["my-clerk.huangyuan!", "passwordName"],
  ])("%s: %s", (password, key) =>
    expect(passwordFault(password, "clerk.huangyuan")?.key).toBe(key),
  );

  it("names the limits, and takes what just fits them", () => {
    const fault = (password: string) => passwordFault(password, "clerk.huangyuan");
    expect(fault("k7mp-x3qd")).toEqual({ key: "passwordShort", values: { min: 10 } });
    expect(fault("k7mp-x3qd9")).toBeNull();
    expect(fault("ab".repeat(64))).toBeNull();
    expect(fault("ab".repeat(65))).toEqual({ key: "tooLong", values: { max: 128 } });
  });

  it.each(["aaaaaaaaaab", "baaaaaaaaaa", "my password1234", "password12 of mine"])(
    "takes %s: only a whole password is common",
    (password) => expect(passwordFault(password, "clerk.huangyuan")).toBeNull(),
  );

  it.each(["correct horse battery", "高原上的风真大，棉衣要厚", "k7mp-x3qd-9wvt-h2fn"])(
    "takes %s",
    (password) => expect(passwordFault(password, "clerk.huangyuan")).toBeNull(),
  );
});
