import { describe, expect, it } from "vitest";
import { ROLES } from "@/lib/kernel/actor";
import { isCurrent, navigationFor } from "./navigation";

const keys = (...roles: Parameters<typeof navigationFor>[0]) =>
  navigationFor(roles).map((item) => item.key);

describe("navigationFor", () => {
  it("shows each role its own work", () => {
    expect(keys("CLERK")).toContain("entry");
    expect(keys("CLERK")).not.toContain("review");
    expect(keys("REVIEWER")).toContain("review");
    expect(keys("AUDITOR")).not.toContain("entry");
  });

  it("shows an administrator nothing with amounts", () => {
    expect(keys("ADMIN")).toEqual(["admin"]);
  });

  it("never shows more than nine words to one role", () => {
    for (const role of ROLES) expect(keys(role).length).toBeLessThanOrEqual(9);
  });

  it("joins the roles of one person without repeating a word", () => {
    const joined = keys("CLERK", "REVIEWER");
    expect(new Set(joined).size).toBe(joined.length);
    expect(joined).toEqual(expect.arrayContaining(["entry", "review"]));
  });
});

describe("isCurrent", () => {
  it("knows what lies below an address, and does not mistake a longer word", () => {
    const ledger = { href: "/ledger", also: ["/disbursements"] };
    expect(isCurrent(ledger, "/ledger")).toBe(true);
    expect(isCurrent(ledger, "/disbursements/42")).toBe(true);
    expect(isCurrent(ledger, "/ledgers")).toBe(false);
  });
});
