import { describe, expect, it } from "vitest";
import { z } from "zod";
import { civilDateSchema, fenInputSchema } from "@/lib/kernel/wire";
import en from "@/lib/i18n/messages/en/errors.json";
import { fieldErrorsOf } from "./zod-fields";

const schema = z.strictObject({
  name: z.string().trim().min(1).max(5),
  code: z.string().min(3),
  size: z.int().min(1).max(9),
  kind: z.enum(["a", "b"]),
  on: civilDateSchema,
  amountFen: fenInputSchema,
  list: z.array(z.string()).max(1),
  inner: z.strictObject({ deep: z.boolean() }),
});

function faults(value: unknown) {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? {} : fieldErrorsOf(parsed.error);
}

describe("fieldErrorsOf", () => {
  it("says required for everything that is missing", () => {
    const found = faults({});
    expect(Object.keys(found).sort()).toEqual(Object.keys(schema.shape).sort());
    expect(Object.values(found).every((list) => list[0]?.key === "required")).toBe(true);
  });

  it("names field, fault and bound", () => {
    expect(
      faults({
        name: "too long",
        code: "x",
        size: 12,
        kind: "c",
        on: "2026-02-30",
        amountFen: "1.5",
        list: ["a", "b"],
        inner: { deep: "yes", more: 1 },
        extra: 1,
      }),
    ).toEqual({
      name: [{ key: "tooLong", values: { max: 5 } }],
      code: [{ key: "tooShort", values: { min: 3 } }],
      size: [{ key: "tooLarge", values: { max: 9 } }],
      kind: [{ key: "choice", values: { choices: "a, b" } }],
      on: [{ key: "date" }],
      amountFen: [{ key: "fen" }],
      list: [{ key: "tooMany", values: { max: 1 } }],
      "inner.deep": [{ key: "invalid" }],
      "inner.more": [{ key: "unknownField" }],
      extra: [{ key: "unknownField" }],
    });
  });

  it("asks to choose, and lists no codes, where nothing was chosen", () => {
    expect(faults({ kind: "" })["kind"]).toEqual([{ key: "choose" }]);
  });

  it("speaks of the body where it is no object at all", () => {
    expect(faults("text")).toEqual({ body: [{ key: "invalid" }] });
  });

  it("uses only keys that have a sentence", () => {
    const found = [faults({}), faults({ name: 1, size: 1.5, list: [1], inner: null, kind: 7 })];
    const keys = found.flatMap((each) => Object.values(each).flat()).map((fault) => fault.key);
    expect(keys.filter((key) => !(key in en.field))).toEqual([]);
  });
});
