import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { subjectOf, type FactWords } from "./present";
import type { AuditEntry } from "./schema";

type Words = Readonly<Record<string, string>>;

/** The messages an entry is told with. */
type Told = {
  audit: {
    field: Words;
    did: Readonly<Record<string, Words>>;
    other: string;
    yes: string;
    no: string;
    hidden: string;
  };
  labels: FactWords["labels"];
  findings: { rule: Readonly<Record<string, { sentence: string }>> };
};

/** A finding's sentence as its name: without the values of one record. */
function withoutValues(sentence: string): string {
  // the innermost first: what a sentence says depending on a value stands within another
  const bare = sentence.replace(/\{[^{}]*\}/g, "…");
  return bare === sentence ? bare.replace(/…+/g, "…").replace(/[。.]$/, "") : withoutValues(bare);
}

export function wordsFor(
  { audit, labels, findings }: Told,
  names: Names,
  locale: Locale,
): FactWords {
  const english = locale === "en";
  const rules = Object.entries(findings.rule).map(([rule, { sentence }]) => [rule, withoutValues(sentence)]); // prettier-ignore
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

/** What was done, in plain words, where no translator is at hand: for files. */
export function sentenceFor(entry: AuditEntry, { audit }: Pick<Told, "audit">): string {
  const [group = "", verb = ""] = entry.action.split(".");
  const words = Object.hasOwn(audit.did, group) ? audit.did[group] : undefined;
  const pattern = words && Object.hasOwn(words, verb) ? words[verb] : undefined;
  return (pattern ?? audit.other)
    .replace("{action}", entry.action)
    .replace("{subject}", subjectOf(entry));
}
