"use client";

import { useTranslations } from "next-intl";
import type { HouseholdRow } from "@/lib/features/households/types";

type Codes = { [Group in "tier" | "cause" | "status" | "kind" | "level" | "relation" | "consent" | "reason" | "event"]: string }; // prettier-ignore

/** The words of a file's codes. */
export function useWords() {
  const t = useTranslations("households");
  const say = (group: keyof Codes) => (code: string) => t(`${group}.${code}` as "tier.deep");
  const options = (group: keyof Codes, codes: readonly string[]) =>
    codes.map((value) => ({ value, label: say(group)(value) }));
  return { say, options };
}

export const STATUS_TONE = {
  open: "info",
  lifted: "success",
  returned: "warning",
  closed: "neutral",
} as const satisfies Record<HouseholdRow["status"], string>;
