"use client";

import { useTranslations } from "next-intl";
import type { FieldError } from "@/components/form/form-error-summary";
import { openFindings, type ShownFinding } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import { landingId } from "./entry-context";
import type { EntryState } from "./entry-state";

/** Without these there is no record, only what was typed. */
const NEEDED = ["organisation", "programme"];

/** Why the last press of a button came to nothing, each line with the field it leads to. */
export function useRefused({
  state,
  unsaved,
  problems,
  shown,
}: {
  state: EntryState;
  unsaved: boolean;
  /** What stands under the fields, by path. */
  problems: Record<string, string>;
  shown: (findings: readonly Finding[]) => ShownFinding[];
}): FieldError[] {
  const t = useTranslations("entry");
  const labels: (key: string) => string = useTranslations("labels.field");
  const rules = useTranslations("findings.rule");
  if (state.refusals === 0) return [];
  const concerns = (path: string) =>
    state.refusedPhase === "submitting" || NEEDED.includes(path) || path in state.serverErrors;
  const unread = Object.entries(problems)
    .filter(([path]) => concerns(path))
    .map(([path, message]) => ({
      fieldId: landingId(path),
      message: t("fieldError", { field: labels(path.split(".")[0] ?? path), message }),
    }));
  // What was found speaks of the record as saved: once one types on, it may have been mended.
  const { hard } = openFindings(unsaved ? [] : (state.record?.findings ?? []));
  const found = shown(hard).map(({ rule, field, shown: values }) => ({
    fieldId: landingId(field ?? "body"),
    message: rules(`${rule}.sentence`, values),
  }));
  return [...unread, ...found];
}
