import "server-only";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/i18n/messages";
import type { AppErrorCode, SaidError, SaidErrors } from "@/lib/kernel/app-error";
import type { Locale } from "@/lib/kernel/preferences";
import { spokenValues, type SpokenWords } from "@/lib/kernel/spoken";

type Messages = ReturnType<typeof messagesOf>;
type Rule = { sentence: string; formula: string };

/** Dotted path into the words of coded values. */
const wordAt = (labels: unknown, key: string): string => {
  const found = key
    .split(".")
    .reduce<unknown>(
      (list, part) =>
        typeof list === "object" && list !== null && Object.hasOwn(list, part)
          ? (list as Record<string, unknown>)[part]
          : undefined,
      labels,
    );
  return typeof found === "string" ? found : "—";
};

/** What a refusal is told with: no code of ours reaches its reader, whatever a command put into its values. */
function spokenWords({ findings, labels }: Messages, locale: Locale): SpokenWords {
  return {
    label: (key) => wordAt(labels, key),
    named: (list) => findings.unnamed[list],
    locale,
  };
}

/** What is wrong, and the arithmetic behind it, as one. */
const joined = (sentence: string, formula: string, locale: Locale) =>
  locale === "en" ? `${sentence.replace(/[.]$/, "")}: ${formula}` : sentence + formula;

/** The faults of each field as sentences in the reader's language: the one place where the API words them. */
export function sentencesOf(fieldErrors: SaidErrors, locale: Locale): Record<string, string[]> {
  const messages = messagesOf(locale);
  const { errors, findings } = messages;
  const rules: Record<string, Rule> = findings.rule;
  const t = createTranslator<{ field: Record<string, string> }>({
    locale,
    messages: { field: errors.field },
  });
  const said = Object.entries(rules).flatMap(([rule, { sentence, formula }]) => [
    [`${rule}-sentence`, sentence],
    [`${rule}-formula`, formula],
  ]);
  const ofFinding = createTranslator<{ said: Record<string, string> }>({
    locale,
    messages: { said: Object.fromEntries(said) as Record<string, string> },
  });
  const say = ({ key, values = {} }: SaidError) => {
    const [, rule] = /^finding\.(.+)$/.exec(key) ?? [];
    const spoken = spokenValues(values, spokenWords(messages, locale));
    if (rule !== undefined && Object.hasOwn(rules, rule)) {
      const part = (name: string) => ofFinding(`said.${rule}-${name}`, spoken);
      return joined(part("sentence"), part("formula"), locale);
    }
    const [, code] = /^code\.(.+)$/.exec(key) ?? [];
    if (code !== undefined && code in errors.code) return errors.code[code as AppErrorCode];
    const known = key in errors.field ? key : "invalid";
    return t(`field.${known}`, spoken);
  };
  return Object.fromEntries(
    Object.entries(fieldErrors).map(([path, faults]) => [path, faults.map(say)]),
  );
}
