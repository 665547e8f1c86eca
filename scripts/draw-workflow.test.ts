import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WORKFLOW, type Workflow } from "../lib/features/disbursements/workflow";
import { drawnLife, PAGE, withDrawing } from "./draw-workflow";

test("the drawn life of a record is the one the table gives; npm run draw brings it up to date", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withDrawing(page, WORKFLOW));
});

test("another table is another drawing, in every column that decides where a record goes", () => {
  const table: Workflow = WORKFLOW;
  const [first, ...rest] = table;
  const cells = [
    { role: "REVIEWER" },
    { from: "approved" },
    { to: "approved" },
    { until: "returned" },
    { requires: ["open-year"] },
    { findings: "settled" },
    { reason: "voidReason" },
    { words: "always" },
    { label: "action.void" },
  ] as const;
  const drawings = cells.map((cell) => drawnLife([{ ...first!, ...cell }, ...rest]));
  expect(new Set([drawnLife(table), ...drawings]).size).toBe(cells.length + 1);
});
