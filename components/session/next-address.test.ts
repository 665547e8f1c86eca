import { describe, expect, it } from "vitest";
import { nextAddress } from "./next-address";

describe("nextAddress", () => {
  it("takes a path of this site with its filters", () => {
    expect(nextAddress("/ledger?year=2024&org=630123")).toBe("/ledger?year=2024&org=630123");
  });

  it("takes no other site, however it is written", () => {
    for (const address of [
      "https://x.example",
      "//x.example",
      "/\\x.example",
      "javascript:1",
      "",
      "/\t/x.example",
    ]) {
      expect(nextAddress(address)).toBe("/");
    }
  });

  it("does not go round in circles", () => {
    expect(nextAddress("/sign-in?next=/sign-in")).toBe("/");
    expect(nextAddress(undefined)).toBe("/");
  });
});
