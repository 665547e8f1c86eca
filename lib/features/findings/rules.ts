import { CHECKS } from "@/lib/features/checks/labels";
import { findInForm, inOrder } from "@/lib/features/checks/rules";
import type { CheckedRecord, Draft, FindingContext } from "@/lib/features/checks/types";
import { findBeside } from "@/lib/features/comparisons/rules";
import type { FieldError } from "@/lib/kernel/app-error";
import { FINDING_RULES, type FindingRule } from "@/lib/kernel/record-codes";
import { holdsFor, isOpen } from "./policy";
import type { Finding } from "./types";

/** Every finding of a record, in the order of the form. A reversal only undoes: it is not checked. */
export function findFindings(record: CheckedRecord, context: FindingContext): Draft[] {
  if (record.entryKind === "reversal") return [];
  return inOrder([...findInForm(record, context), ...findBeside(record, context)]);
}

/** The rules that compare with other records, or with numbers kept for the place; the rest a form finds by itself. */
export const OF_OTHERS: readonly FindingRule[] = FINDING_RULES.filter(
  (rule) => CHECKS[rule].looksAt === "others",
);

/** An answer with the values it was given for; unknown where it was given before they were kept. */
export type Answer = {
  rule: FindingRule;
  code: NonNullable<Finding["answer"]>["code"];
  words: string | null;
  values?: Finding["values"] | null;
};

export function withAnswers(found: readonly Draft[], answers: readonly Answer[]): Finding[] {
  return found.map((f) => {
    const given = answers.find((a) => a.rule === f.rule);
    if (!given) return { ...f, answer: null };
    const { code, words, values } = given;
    return { ...f, answer: { code, words, covers: !values || holdsFor(values, f.values) } };
  });
}

/** The findings of a record as its status leaves them, with their answers. */
export function standingFindings(
  found: readonly Draft[],
  record: Pick<CheckedRecord, "status"> & { answers: readonly Answer[] },
): Finding[] {
  if (record.status === "voided") return [];
  // What stopped nobody then is no news now: an approved record keeps what was weighed.
  const kept = record.status === "approved" ? found.filter((f) => f.level !== "hard") : found;
  // While it waits a record does not change: what others spend since asks nobody to answer anew.
  const given =
    record.status === "submitted" || record.status === "approved"
      ? record.answers.map((answer) => ({ ...answer, values: null }))
      : record.answers;
  return withAnswers(kept, given);
}

/** What keeps a record from being submitted: hard findings, and soft ones nobody has answered. */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter((f) => f.level === "hard" || isOpen(f));
}

const WEIGHT = { hard: 0, soft: 1, notice: 2 } as const;

/** 0 = most in need of a look, 3 = clean. */
export function riskOf(findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  return findings.reduce<0 | 1 | 2 | 3>((worst, f) => {
    const weight = WEIGHT[f.level];
    return weight < worst ? weight : worst;
  }, 3);
}

/** 还余: what there is of a source whose rule stops, for the record that asks for more. */
export function leftOfSource({ shares }: Pick<CheckedRecord, "shares">, f: Finding): FieldError[] {
  const { fundSource, overFen } = f.values;
  if (f.rule !== "over-received" || f.level !== "hard" || overFen === undefined) return [];
  const own = shares
    .filter((share) => share.fundSource === fundSource)
    .reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n);
  const left = own - BigInt(overFen);
  return [{ key: "leftOfSource", values: { leftFen: (left > 0n ? left : 0n).toString() } }];
}
