import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { subjectOf, type FactWords } from "./present";
import type { AuditEntry } from "./schema";

type Words = Readonly<Record<string, string>>;

/** The messages an entry is told with. */
type Told = {
  audit: {
    field: Words;
    yes: string;
    no: string;
    hidden: string;
  };
  labels: FactWords["labels"];
  findings: { rule: Readonly<Record<string, { name: string }>> };
};

export function wordsFor(
  { audit, labels, findings }: Told,
  names: Names,
  locale: Locale,
): FactWords {
  const english = locale === "en";
  const rules = Object.entries(findings.rule).map(([rule, { name }]) => [rule, name]);
  return {
    labels,
    fields: audit.field,
    rules: Object.fromEntries(rules) as Record<string, string>,
    names,
    yuan: (text) => (english ? `${text} yuan` : `${text} 元`),
    yes: audit.yes,
    no: audit.no,
    hidden: audit.hidden,
    separator: english ? "; " : "；",
  };
}

/** One of the messages of the audit, filled in; null where there is none of this key. */
type SayOfAudit = (key: string, values: Record<string, string>) => string | null;

/** What was done, in plain words, for files; an action without words of its own shows its code. */
export function sentenceFor(entry: AuditEntry, say: SayOfAudit): string {
  const { action } = entry;
  const subject = subjectOf(entry);
  return say(`did.${action}`, { subject }) ?? say("other", { action, subject }) ?? action;
}
