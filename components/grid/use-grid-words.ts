"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shownFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { headingOf } from "@/lib/features/rows/labels";
import type { Locale } from "@/lib/kernel/preferences";
import type { GridWords } from "./grid-words";

const FINDING = "finding.";

export function useGridWords(reference: Reference): GridWords {
  const locale = useLocale() as Locale;
  const t = useTranslations("grid");
  const problem = useTranslations("errors.field");
  const note = useTranslations("rows.note");
  const labels = useTranslations("labels");
  const findings = useTranslations("findings");
  return useMemo(() => {
    const names = namesOf(reference, locale);
    return {
      locale,
      t,
      // A law of the database names what it found as a field's error.
      problem: ({ key, values }) =>
        key.startsWith(FINDING)
          ? findings(`rule.${key.slice(FINDING.length) as Finding["rule"]}.sentence`, values)
          : problem(key as Parameters<typeof problem>[0], values),
      note: ({ key, values }) => note(key as Parameters<typeof note>[0], values),
      name: (column) => headingOf(column, locale),
      finding: (finding) =>
        shownFindings([finding], { names, label: labels, locale })
          .map(({ rule, shown }) => findings(`rule.${rule}.sentence`, shown))
          .join(""),
    };
  }, [reference, locale, t, problem, note, labels, findings]);
}
