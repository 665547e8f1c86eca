import { describe, expect, it } from "vitest";
import { createOrganisationInputSchema, createUserInputSchema } from "./schema";

const union = (nameEn: string) =>
  createOrganisationInputSchema.safeParse({
    code: "632801",
    nameZh: "格尔木市总工会",
    nameEn,
    kind: "COUNTY",
    parent: "632800",
  });

describe("the name of a union", () => {
  it("may be as long as official ones are, and no longer than a line", () => {
    const official = "Huzhu Tu Autonomous County Federation of Trade Unions of Haidong, Qinghai";
    expect(official.length).toBeGreaterThan(72);
    expect(union(official).error?.issues).toBeUndefined();
    expect(union("x".repeat(120)).success).toBe(true);
    expect(union("x".repeat(121)).success).toBe(false);
  });

  it.each(["two\nlines", "tab\tinside", "line\u2028separator"])("is one line: %j", (name) => {
    expect(union(name).success).toBe(false);
  });

  it("is longer than a person's", () => {
    const person = (nameEn: string) =>
      createUserInputSchema.safeParse({
        username: "clerk.test",
        nameZh: "王",
        nameEn,
        membership: { role: "CLERK", organisation: "630104" },
      }).success;
    expect([person("x".repeat(60)), person("x".repeat(61))]).toEqual([true, false]);
  });
});
