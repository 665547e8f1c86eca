import type { Names } from "@/lib/features/reference/present";
import { formatFen } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { monthsText, wholeText } from "@/lib/kernel/written";
import { isOpen, sameFinding } from "./rules";
import type { Finding } from "./types";

/** A finding with the values its sentence shows: names for codes, grouped yuan for fen. */
export type ShownFinding = Finding & { shown: Record<string, string | number> };

export function shownFindings(
  findings: readonly Finding[],
  words: { names: Names; label: (key: string) => string; locale: Locale },
): ShownFinding[] {
  const { names, label, locale } = words;
  const shown = (name: string, value: string | number): string | number => {
    const text = String(value);
    if (name.endsWith("Fen")) return /^-?\d+$/.test(text) ? formatFen(BigInt(text)) : "—";
    if (name === "fundSource") return names.fundSource(text);
    if (name === "programme") return names.programme(text);
    if (name === "campaign") return names.campaign(text);
    if (name === "form") return label(`form.${text}`);
    if (name === "months") return monthsText(text.split(",").map(Number), locale);
    if (name === "unit") return label(`countUnit.${text}`);
    return typeof value === "number" && name !== "year" ? wholeText(value) : text;
  };
  return findings.map((finding) => ({
    ...finding,
    shown: Object.fromEntries(
      Object.entries(finding.values).map(([name, value]) => [name, shown(name, value)]),
    ),
  }));
}

export function openFindings<F extends Finding>(
  findings: readonly F[],
): { hard: F[]; unanswered: F[] } {
  return {
    hard: findings.filter((finding) => finding.level === "hard"),
    unanswered: findings.filter(isOpen),
  };
}

/** Found today and not then, or with other values. */
export function newSince<F extends Finding>(now: readonly F[], then: readonly Finding[]): F[] {
  return now.filter((finding) => !then.some((old) => sameFinding(old, finding)));
}
