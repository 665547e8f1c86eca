import { describe, expect, it } from "vitest";
import { defaultPreferences, parsePreferences } from "./preferences";

describe("parsePreferences", () => {
  it("takes what it knows", () => {
    const raw = { locale: "en", unit: "yuan", density: "dense", navigation: "closed" };
    expect(parsePreferences(raw)).toEqual(raw);
  });

  it("falls back for anything else, whoever wrote the cookie", () => {
    expect(parsePreferences({})).toEqual(defaultPreferences);
    expect(
      parsePreferences({ locale: "de", unit: "<b>", density: "", navigation: "toString" }),
    ).toEqual(defaultPreferences);
  });
});
