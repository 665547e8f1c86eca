import { describe, expect, it } from "vitest";
import {
  defaultPreferences,
  densities,
  locales,
  parsePreferences,
  preferenceCookies,
} from "./preferences";

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

it("begins in Chinese, in 万元, with the menu open", () => {
  expect(defaultPreferences).toEqual({
    locale: "zh-CN",
    unit: "wan",
    density: "normal",
    navigation: "open",
  });
});

it("keeps each preference in a cookie of its own", () => {
  const names = Object.values(preferenceCookies);
  expect(new Set(names).size).toBe(Object.keys(defaultPreferences).length);
  expect(names.every((name) => /^nz-[a-z]+$/.test(name))).toBe(true);
});

it("takes every choice there is on screen", () => {
  for (const locale of locales) expect(parsePreferences({ locale }).locale).toBe(locale);
  for (const density of densities) expect(parsePreferences({ density }).density).toBe(density);
  for (const unit of ["yuan", "wan"] as const) expect(parsePreferences({ unit }).unit).toBe(unit);
  for (const navigation of ["open", "closed"] as const)
    expect(parsePreferences({ navigation }).navigation).toBe(navigation);
  expect(locales).toEqual(["zh-CN", "en"]);
  expect(densities).toEqual(["dense", "normal", "comfortable"]);
});
