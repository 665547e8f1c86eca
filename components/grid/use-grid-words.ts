"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { labelKey } from "@/lib/features/disbursements/labels";
import type { Refusal } from "@/lib/features/disbursements/types";
import { shownFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { columnOf, headingOf } from "@/lib/features/rows/labels";
import type { Locale } from "@/lib/kernel/preferences";
import type { AidForm } from "@/lib/kernel/record-codes";
import type { GridWords } from "./grid-words";

const FINDING = "finding.";

type SaidValues = Refusal["problems"][number]["values"];

/** A name among the values is said in the reader's language. */
const inWords = (values: SaidValues, locale: Locale) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const said = typeof value === "object" ? value[locale === "en" ? "nameEn" : "nameZh"] : value;
      return [name, said];
    }),
  );

export function useGridWords(reference: Reference): GridWords {
  const locale = useLocale() as Locale;
  const t = useTranslations("grid");
  const problem = useTranslations("errors.field");
  const note = useTranslations("rows.note");
  const labels = useTranslations("labels");
  const findings = useTranslations("findings");
  const codes = useTranslations("errors.code");
  return useMemo(() => {
    const names = namesOf(reference, locale);
    // A law of the database names what it found as a field's error.
    const problemSaid: GridWords["problem"] = ({ key, values }) =>
      key.startsWith(FINDING)
        ? findings(`rule.${key.slice(FINDING.length) as Finding["rule"]}.sentence`, values)
        : problem(key as Parameters<typeof problem>[0], values);
    return {
      locale,
      t,
      problem: problemSaid,
      refusal: ({ code, problems }) => {
        const said = problems.map(({ path, key, values }) => ({
          column: columnOf(path),
          sentence: problemSaid({ key, values: inWords(values, locale) }),
        }));
        return {
          cells: Object.fromEntries(said.map(({ column, sentence }) => [column, sentence])),
          row: said.map(({ sentence }) => sentence).join(" ") || codes(code ?? "INTERNAL"),
        };
      },
      brought: (column, value) =>
        column === "form" ? labels(labelKey("form", value as AidForm)) : value,
      note: ({ key, values }) => note(key as Parameters<typeof note>[0], values),
      name: (column) => headingOf(column, locale),
      finding: (finding) =>
        shownFindings([finding], { names, label: labels, locale })
          .map(({ rule, shown }) => findings(`rule.${rule}.sentence`, shown))
          .join(""),
    };
  }, [reference, locale, t, problem, note, labels, findings, codes]);
}
