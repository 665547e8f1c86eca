"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { headingOf } from "@/lib/features/rows/labels";
import type { Locale } from "@/lib/kernel/preferences";
import type { GridWords } from "./grid-words";

export function useGridWords(): GridWords {
  const locale = useLocale() as Locale;
  const t = useTranslations("grid");
  const problem = useTranslations("errors.field");
  const note = useTranslations("rows.note");
  return useMemo(
    () => ({
      locale,
      t,
      problem: ({ key, values }) => problem(key as Parameters<typeof problem>[0], values),
      note: ({ key, values }) => note(key as Parameters<typeof note>[0], values),
      name: (column) => headingOf(column, locale),
    }),
    [locale, t, problem, note],
  );
}
