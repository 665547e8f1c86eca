import type { Finding } from "@/lib/features/findings/types";
import type {
  Action,
  AdjustReason,
  AidForm,
  AmountKind,
  AnswerCode,
  EntryKind,
  Origin,
  ReturnReason,
  Status,
  VoidReason,
} from "@/lib/kernel/record-codes";
import type { StepView } from "./types";

/** Which coded values have their words in the `labels` messages, and under which group. */
export type LabelGroups = {
  status: Status;
  form: AidForm;
  amountKind: AmountKind;
  entryKind: EntryKind;
  origin: Origin;
  action: Action;
  stepAction: StepView["action"];
  returnReason: ReturnReason;
  voidReason: VoidReason;
  adjustReason: AdjustReason;
  answer: AnswerCode;
  findingLevel: Finding["level"];
};

/** The code that crosses the wire is the message's key. */
export function labelKey<Group extends keyof LabelGroups>(
  group: Group,
  code: LabelGroups[Group],
): `${Group}.${LabelGroups[Group]}` {
  return `${group}.${code}`;
}

/** Always beside the word, never instead of it. */
export const STATUS_TONE = {
  draft: "neutral",
  submitted: "info",
  returned: "warning",
  approved: "success",
  voided: "danger",
} as const satisfies Record<Status, string>;

export const STEP_TONE = {
  submit: "info",
  withdraw: "warning",
  open: "neutral",
  approve: "success",
  return: "warning",
  void: "danger",
} as const satisfies Record<StepView["action"], string>;

/** A step's reason is a code of the step's own list. */
export function stepReasonKey(step: Pick<StepView, "action" | "reason">): string | null {
  if (step.reason === null) return null;
  if (step.action === "return") return labelKey("returnReason", step.reason as ReturnReason);
  if (step.action === "void") return labelKey("voidReason", step.reason as VoidReason);
  return null;
}
