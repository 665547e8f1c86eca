import { ANSWER_CODES, FINDING_RULES } from "@/lib/kernel/record-codes";
import { messagesOf } from "@/lib/i18n/messages";
import { locales } from "@/lib/kernel/preferences";
import { AID_FORMS, AMOUNT_KINDS, ENTRY_KINDS, ORIGINS, STATUSES } from "@/lib/kernel/record-codes";
import { describe, expect, it } from "vitest";
import type { LabelGroups } from "./labels";
import { ACTIONS, ADJUST_REASONS, RETURN_REASONS, VOID_REASONS } from "@/lib/kernel/record-codes";
import { WORKFLOW } from "./workflow";

const codes: Record<keyof LabelGroups, readonly string[]> = {
  status: STATUSES,
  form: AID_FORMS,
  amountKind: AMOUNT_KINDS,
  entryKind: ENTRY_KINDS,
  origin: ORIGINS,
  // a returned record is handed in again by the same step, under a word of its own
  action: [...ACTIONS, "resubmit"],
  stepAction: ["submit", "withdraw", "open", "approve", "return", "void"],
  returnReason: RETURN_REASONS,
  voidReason: VOID_REASONS,
  adjustReason: ADJUST_REASONS,
  answer: ANSWER_CODES,
  findingLevel: ["hard", "soft", "notice"],
};

describe.each(locales)("labels in %s", (locale) => {
  const { labels, findings } = messagesOf(locale);

  it.each(Object.entries(codes))("name every %s, and none that there is not", (group, expected) => {
    const words: Record<string, string> = labels[group as keyof typeof codes];
    expect(Object.keys(words).sort()).toEqual([...expected].sort());
  });

  it("name every step of the workflow", () => {
    const words: Record<string, string> = labels.action;
    const missing = WORKFLOW.filter(({ label }) => !words[label.replace("action.", "")]);
    expect(missing).toEqual([]);
  });

  it("have a sentence and a formula for every finding", () => {
    const rules: Record<string, { sentence: string; formula: string }> = findings.rule;
    const missing = FINDING_RULES.filter((rule) => !rules[rule]?.sentence || !rules[rule]?.formula);
    expect(missing).toEqual([]);
    expect(Object.keys(rules).sort()).toEqual([...FINDING_RULES].sort());
  });
});
