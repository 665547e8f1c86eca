import { describe, expect, test } from "vitest";
import { exampleBody, typeWords } from "./rules";

describe("a type is told in a word or two", () => {
  test.each<[string, Record<string, unknown>]>([
    ["string", { type: "string" }],
    ["any", {}],
    ["integer 1–200", { type: "integer", minimum: 1, maximum: 200 }],
    ["integer 0–12", { type: "integer", minimum: 0, maximum: 12 }],
    ["integer", { type: "integer", minimum: 1 }],
    ["integer", { type: "integer", maximum: 5 }],
    ["integer", { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER }],
    ["integer", { type: "integer", minimum: 1, maximum: 1e9 }],
    ["draft | submitted", { type: "string", enum: ["draft", "submitted"] }],
    ["1 | null", { enum: [1, null] }],
    ['"true"', { const: "true" }],
    ["false", { const: false }],
    ["string | null", { anyOf: [{ type: "string" }, { type: "null" }] }],
    ["string", { oneOf: [{ type: "string" }, { type: "string" }] }],
    ["object", { allOf: [{ type: "object" }] }],
    ["string", { type: "string", anyOf: [] }],
    ["string[]", { type: "array", items: { type: "string" } }],
    ["any[]", { type: "array" }],
    ["(a | b)[]", { type: "array", items: { enum: ["a", "b"] } }],
  ])("%s", (words, schema) => expect(typeWords(schema)).toBe(words));
});

describe("an example of a body", () => {
  const example = (properties: Record<string, unknown>, required = Object.keys(properties)) =>
    exampleBody("aCommand", { type: "object", properties, required });

  test("has the required fields, each as one could send it", () => {
    expect(
      example(
        {
          amountFen: { type: "string", examples: ["15390000", "1"] },
          reason: { enum: ["amount-wrong", "other"] },
          words: { type: "string" },
          count: { type: "integer" },
          rate: { type: "number" },
          acceptOpen: { type: "boolean" },
          either: { anyOf: [{ type: "null" }, { type: "integer" }] },
          items: { type: "array", items: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } }, // prettier-ignore
          left: { type: "string" },
        },
        ["amountFen", "reason", "words", "count", "rate", "acceptOpen", "either", "items", "gone"],
      ),
    ).toEqual({
      amountFen: "15390000",
      reason: "amount-wrong",
      words: "…",
      count: 1,
      rate: 1,
      acceptOpen: true,
      either: 1,
      items: [{ id: "…" }],
      gone: "…",
    });
    expect(exampleBody("aCommand", { type: "object" })).toEqual({});
    expect(exampleBody("aCommand", { type: "array" })).toEqual(["…"]);
  });

  test("names organisations, people and programmes that a reader of the guide knows", () => {
    const known = example(
      Object.fromEntries(
        ["organisation", "parent", "programme", "aidCategory", "recipientKind", "fundSource", "form", "fiscalYear", "year", "version", "username", "nameZh", "nameEn", "code"] // prettier-ignore
          .map((name) => [name, {}]),
      ),
    );
    expect(known).toEqual({
      organisation: "630123",
      parent: "630123",
      programme: "golden-autumn",
      aidCategory: "education",
      recipientKind: "needy-worker-children",
      fundSource: "county-union",
      form: "transfer",
      fiscalYear: 2026,
      year: 2026,
      version: 1,
      username: "clerk.huangyuan",
      nameZh: "马春梅",
      nameEn: "Ma Chunmei",
      code: "630123-G01",
    });
  });

  test("of a disbursement, and of its correction, is whole: counted, and shared to the fen", () => {
    type Whole = { amountFen: string; counts: object; shares: { amountFen: string }[] };
    const create = exampleBody("createDisbursement", {}) as Whole;
    const { replacement } = exampleBody("adjustDisbursement", {}) as { replacement: Whole };
    for (const { amountFen, counts, shares } of [create, replacement]) {
      expect(Object.values(counts).some((count) => count > 0)).toBe(true);
      expect(shares.reduce((sum, share) => sum + BigInt(share.amountFen), 0n)).toBe(BigInt(amountFen)); // prettier-ignore
    }
    expect(replacement.counts).not.toEqual(create.counts);
  });
});
