import { formatFen } from "./money";
import type { Locale } from "./preferences";
import { monthsText, wholeText } from "./written";

/** What has a code, by both of its names. */
type InBoth = { readonly nameZh: string; readonly nameEn: string };
export type SaidValue = string | number | InBoth;

/** The lists whose codes stand in the values of a sentence, by the name of the value. */
export const NAMED_VALUES = ["programme", "fundSource", "campaign"] as const;
export type NamedValue = (typeof NAMED_VALUES)[number];

export type SpokenWords = {
  /** The word of a coded value, by its key in `labels`. */
  label: (key: string) => string;
  /** The name of what has a code: the code itself is never said. */
  named: (list: NamedValue, code: string) => string;
  locale: Locale;
};

const isNamed = (name: string): name is NamedValue => NAMED_VALUES.some((list) => list === name);

function spoken(name: string, value: SaidValue, words: SpokenWords): string | number {
  const { label, named, locale } = words;
  if (typeof value === "object") return locale === "en" ? value.nameEn : value.nameZh;
  const text = String(value);
  if (name.endsWith("Fen")) return /^-?\d+$/.test(text) ? formatFen(BigInt(text)) : "—";
  if (isNamed(name)) return named(name, text);
  if (name === "form") return label(`form.${text}`);
  if (name === "months") return monthsText(text.split(",").map(Number), locale);
  if (name === "unit") return text === "none" ? text : label(`countUnit.${text}`);
  return typeof value === "number" && name !== "year" ? wholeText(value) : text;
}

/** What was so while it was not kept with a finding: submissions of then are still shown. */
const NOT_KEPT = {
  ...{ over: 1, alike: "amount", unit: "none", days: 7, fromFen: "10000000", moreFen: "20000000" },
} as const;
const limitNotKept = (values: Readonly<Record<string, SaidValue>>) =>
  "lastYearFen" in values ? "3" : "2";

/** The values of a finding's sentence as people read them: names for codes, grouped yuan for fen. */
export function spokenValues(
  values: Readonly<Record<string, SaidValue>>,
  words: SpokenWords,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries({ ...NOT_KEPT, limit: limitNotKept(values), ...values }).map(([name, value]) => [
      name,
      spoken(name, value, words),
    ]),
  );
}
