import { expect, test } from "vitest";
import { z } from "zod";
import { pageSteps, readSearch } from "./search";
import { yearSchema } from "./wire";

const schema = z.strictObject({
  year: yearSchema.optional(),
  status: z.string().regex(/^[a-z,]+$/).optional(), // prettier-ignore
  note: z.string().default("none"),
});

test("of an address each parameter that can be read is used, and the others are named", () => {
  expect(readSearch(schema, { year: "2026", status: ["draft", "submitted"] })).toEqual({
    query: { year: 2026, status: "draft,submitted", note: "none" },
    ignored: [],
  });
  expect(readSearch(schema, { year: "soon", utm: "x", status: "draft" })).toEqual({
    query: { status: "draft", note: "none" },
    ignored: ["year", "utm"],
  });
});

test("an empty parameter, as a form sends it, means nothing", () => {
  const empty = readSearch(schema, { year: "", status: undefined, note: [], utm: "" });
  expect(empty).toEqual({ query: { note: "none" }, ignored: [] });
});

test("the way through a list leads forward and back to where one came from", () => {
  const first = pageSteps({}, "b");
  expect(first).toEqual({ number: 1, previous: null, next: { cursor: "b" } });
  const second = pageSteps(first.next ?? {}, "c");
  expect(second).toEqual({ number: 2, previous: {}, next: { cursor: "c", trail: "b" } });
  const third = pageSteps(second.next ?? {}, "d");
  expect(third).toEqual({
    number: 3,
    previous: { cursor: "b" },
    next: { cursor: "d", trail: "b.c" },
  });
  const fourth = pageSteps(third.next ?? {}, null);
  expect(fourth).toEqual({ number: 4, previous: { cursor: "c", trail: "b" }, next: null });
});

test("what somebody wrote into the trail by hand is left out of the way back", () => {
  expect(pageSteps({ cursor: "c", trail: "a.<b>..x y.Z_-9" }, null).previous).toEqual({
    cursor: "Z_-9",
    trail: "a",
  });
});

test("a very long way forgets its beginning, so that the address stays short", () => {
  const way = Array.from({ length: 60 }, (_, i) => `p${i}`);
  const steps = pageSteps({ cursor: "here", trail: way.join(".") }, "there");
  const trail = steps.next?.["trail"]?.split(".") ?? [];
  expect(trail).toHaveLength(40);
  expect(trail.at(-1)).toBe("here");
  expect(steps.number).toBe(62);
});
