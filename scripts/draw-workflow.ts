// Draws the life of a record out of the workflow table into docs/architecture.md: npm run draw
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { WORKFLOW, type Transition, type Workflow } from "../lib/features/disbursements/workflow";
import zh from "../lib/i18n/messages/zh-CN/labels.json";
import { STATUSES } from "../lib/kernel/record-codes";

export const PAGE = fileURLToPath(new URL("../docs/architecture.md", import.meta.url));
const [OPEN, CLOSE] = ["<!-- drawn: npm run draw -->", "<!-- /drawn -->"];

/** What a person meets on the way along an arrow. */
function conditionsOf(step: Transition): string {
  const said = [
    ...step.requires,
    ...(step.findings ? [`findings ${step.findings}`] : []),
    ...(step.reason ? [step.reason] : []),
    ...(step.words ? [`words ${step.words}`] : []),
  ];
  return said.join(", ");
}

/** One arrow a step; whoever may take it stands behind its name. */
function arrowsOf(step: Transition, workflow: Workflow): string[] {
  const alike = workflow.filter((t) => t.from === step.from && t.action === step.action);
  if (alike[0] !== step) return [];
  const who = alike.map((t) => t.role).join(", ");
  const arrow = (to: string, more: string) =>
    `  ${step.from} --> ${to}: ${step.label.replace("action.", "")}${more} (${who})\\n${conditionsOf(step)}`;
  const to = step.to ?? step.from;
  if (step.until === undefined) return [arrow(to, "")];
  return [arrow(step.until, ", more to come"), arrow(to, ", the last")];
}

export function drawnLife(workflow: Workflow): string {
  const lines = [
    "```mermaid",
    "stateDiagram-v2",
    ...STATUSES.map((status) => `  state "${status} ${zh.status[status]}" as ${status}`),
    "  [*] --> draft",
    ...workflow.flatMap((step) => arrowsOf(step, workflow)),
    "```",
  ];
  return lines.join("\n");
}

export function withDrawing(page: string, workflow: Workflow): string {
  const [before, rest = ""] = page.split(OPEN);
  const after = rest.split(CLOSE)[1];
  if (after === undefined) throw new Error(`${PAGE} has no place for the drawing`);
  return `${before}${OPEN}\n\n${drawnLife(workflow)}\n\n${CLOSE}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(PAGE, withDrawing(readFileSync(PAGE, "utf8"), WORKFLOW));
