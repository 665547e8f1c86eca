import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { spokenValues } from "@/lib/kernel/spoken";
import type { FindingContext } from "@/lib/features/checks/types";
import { isOpen, sameFinding } from "./policy";
import type { Finding } from "./types";

/** A finding with the values its sentence shows: names for codes, grouped yuan for fen. */
export type ShownFinding = Finding & { shown: Record<string, string | number> };

export function shownFindings(
  findings: readonly Finding[],
  words: { names: Names; label: (key: string) => string; locale: Locale },
): ShownFinding[] {
  const { names, label, locale } = words;
  const named = (list: "programme" | "fundSource" | "campaign", code: string) => names[list](code);
  return findings.map((finding) => ({
    ...finding,
    shown: spokenValues(finding.values, { label, named, locale }),
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

/** What others of the programme spend per main unit; null where too few of them do. */
export function perHeadOf({ peers, mainUnit: unit, months }: FindingContext) {
  return peers && { unit, months, peers: peers.count, medianFen: peers.medianFen.toString() };
}
