import { expect, test } from "vitest";
import { isReviewNumber } from "./review-number";

test.each(["GS（2024）0650号", "GS(2019)1822号", "GS京（2022）1234号", "青S（2024）012号"])(
  "%s is a review number",
  (text) => {
    expect(isReviewNumber(text)).toBe(true);
  },
);

test.each([
  "1",
  "审图号：GS（2024）0650号",
  "GS（2024）0650",
  "GS2024-0650",
  "青S（0024）012号",
  "<b>GS（2024）1号",
])("%s is none", (text) => {
  expect(isReviewNumber(text)).toBe(false);
});
