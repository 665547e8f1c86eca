import { expect, it } from "vitest";
import { PASTED_BLOCKS } from "@/testing/sheet-corpus/blocks";
import { readClipboard } from "./clipboard";

it.each(PASTED_BLOCKS)("$name", ({ html, text, rows, merges = [], title = null, notes = [] }) => {
  const block = readClipboard({ html, text });
  expect({
    ...block,
    rows: block.rows.map((row) =>
      row.map((cell) => (cell.stored === undefined ? cell.text : [cell.text, cell.stored])),
    ),
  }).toEqual({ rows, merges, title, notes });
});
