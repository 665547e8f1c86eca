import { describe, expect, it } from "vitest";
import { findTerms, glossary } from "./labels";

describe("glossary", () => {
  it("names every term once in each language", () => {
    const names = glossary.map((term) => term.zh);
    expect(new Set(names).size).toBe(names.length);
    expect(glossary.length).toBeGreaterThanOrEqual(60);
  });

  it("explains in both languages or in none", () => {
    const lame = glossary.filter(
      (term) => (term.noteZh === undefined) !== (term.noteEn === undefined),
    );
    expect(lame.map((term) => term.zh)).toEqual([]);
  });
});

describe("findTerms", () => {
  it("looks in both languages and in the meaning", () => {
    expect(findTerms(glossary, "签领").map((term) => term.zh)).toContain("签领表");
    expect(findTerms(glossary, "VOUCHER").map((term) => term.zh)).toContain("凭证");
    expect(findTerms(glossary, "低保").map((term) => term.zh)).toContain("深度困难");
    expect(findTerms(glossary, "量子")).toEqual([]);
  });
});
