import type { Role } from "@/lib/kernel/actor";
import type { Action, Status } from "@/lib/kernel/record-codes";

/**
 * What a step asks for beyond role and status. The first five are decided by policy from the record;
 * the last three are asked of the request by its schema and of the findings by the command.
 */
export type Requirement =
  | "own-words"
  | "open-year"
  | "not-own-entry"
  | "approval-level"
  | "not-corrected"
  | "no-hard-findings"
  | "soft-findings-answered"
  | "reason";

export type WorkingRole = Extract<Role, "CLERK" | "REVIEWER" | "PROVINCE">;

export type Transition = {
  readonly role: WorkingRole;
  readonly from: Status;
  readonly action: Action;
  readonly to: Status;
  /** Where it stays until the last of several approvals is given. */
  readonly until?: Status;
  readonly requires: readonly Requirement[];
  /** Message key in the `labels` namespace. */
  readonly label: string;
};

const writable = ["own-words", "open-year"] as const;
const checked = ["open-year", "no-hard-findings", "soft-findings-answered"] as const;
const judged = ["open-year", "not-own-entry", "approval-level"] as const;

/** The life of a disbursement: the only description of it in the code. Auditors and administrators take no step. */
export const WORKFLOW: readonly Transition[] = [
  { role: "CLERK", from: "draft", action: "edit", to: "draft", requires: writable, label: "action.edit" }, // prettier-ignore
  { role: "CLERK", from: "draft", action: "submit", to: "submitted", requires: checked, label: "action.submit" }, // prettier-ignore
  { role: "CLERK", from: "draft", action: "void", to: "voided", requires: ["open-year", "reason"], label: "action.void" }, // prettier-ignore
  { role: "CLERK", from: "returned", action: "edit", to: "returned", requires: writable, label: "action.edit" }, // prettier-ignore
  { role: "CLERK", from: "returned", action: "submit", to: "submitted", requires: checked, label: "action.resubmit" }, // prettier-ignore
  { role: "CLERK", from: "returned", action: "void", to: "voided", requires: ["open-year", "reason"], label: "action.void" }, // prettier-ignore
  { role: "CLERK", from: "submitted", action: "void", to: "voided", requires: ["open-year", "reason"], label: "action.void" }, // prettier-ignore
  { role: "CLERK", from: "approved", action: "adjust", to: "approved", requires: ["not-corrected", "reason"], label: "action.adjust" }, // prettier-ignore
  { role: "REVIEWER", from: "submitted", action: "approve", to: "approved", until: "submitted", requires: judged, label: "action.approve" }, // prettier-ignore
  { role: "REVIEWER", from: "submitted", action: "return", to: "returned", requires: ["open-year", "reason"], label: "action.return" }, // prettier-ignore
  { role: "PROVINCE", from: "submitted", action: "approve", to: "approved", until: "submitted", requires: judged, label: "action.approve" }, // prettier-ignore
  { role: "PROVINCE", from: "submitted", action: "return", to: "returned", requires: ["open-year", "reason"], label: "action.return" }, // prettier-ignore
];

export function transitionsFor(role: Role, from: Status): readonly Transition[] {
  return WORKFLOW.filter((t) => t.role === role && t.from === from);
}
