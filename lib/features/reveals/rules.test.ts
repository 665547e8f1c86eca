import { expect, test } from "vitest";
import { readNos } from "./rules";

test.each([
  ["", { nos: null }],
  ["3", { nos: [3] }],
  ["8-10、3， 3", { nos: [3, 8, 9, 10] }],
  ["１２至１４", { nos: [12, 13, 14] }],
  ["1-50", { nos: Array.from({ length: 50 }, (_, n) => n + 1) }],
  ["1-51", { fault: "tooMany" }],
  ["1-30 40-70", { fault: "tooMany" }],
  ["9-3", { fault: "lines" }],
  ["0", { fault: "lines" }],
  ["才让", { fault: "lines" }],
])("%s", (text, read) => {
  expect(readNos(text)).toEqual(read);
});
