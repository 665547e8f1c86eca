import { expect, test } from "vitest";
import { returnInputSchema, voidInputSchema } from "./schema";

test.each([
  ["a record is returned with words only", returnInputSchema, { reason: "duplicate" }, false],
  [
    "and not for a reason of voiding",
    returnInputSchema,
    { reason: "not-carried-out", words: "未发放" },
    false,
  ],
  ["with both it is", returnInputSchema, { reason: "duplicate", words: "与上月重复" }, true],
  ["a reason for voiding explains itself", voidInputSchema, { reason: "entered-twice" }, true],
  ["except “other”", voidInputSchema, { reason: "other", words: " " }, false],
  ["which needs words", voidInputSchema, { reason: "other", words: "试录" }, true],
])("%s", (_, schema, said, taken) => {
  expect(schema.safeParse({ version: 1, ...said }).success).toBe(taken);
});
