"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ComboboxOption } from "@/components/form/combobox-filter";
import { labelKey } from "@/lib/features/disbursements/labels";
import type { EntryView } from "@/lib/features/disbursements/types";
import type { Texts } from "@/lib/features/grid/types";
import { nameOf } from "@/lib/features/reference/present";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import type { RowColumn, RowReading, RowTexts } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";
import { AID_FORMS, AMOUNT_KINDS } from "@/lib/kernel/record-codes";
import { choicesOf, firstColumns } from "./grid-columns";

export type GridReading = {
  read: (programmes: readonly string[]) => (texts: Texts) => RowReading;
  choicesOf: (column: RowColumn) => readonly ComboboxOption[];
  firstColumns: (programmes: readonly string[], several: boolean) => RowColumn[];
};

/** How the rows of this clerk are read: by the readers of the form. */
export function useGridReading(view: EntryView, home: string): GridReading {
  const locale = useLocale() as Locale;
  const labels = useTranslations("labels");
  const { reference, organisations, today } = view;
  return useMemo(() => {
    const openYears = reference.years.filter(({ status }) => status === "open").map(({ year }) => year); // prettier-ignore
    const constants = (programmes: readonly string[]): RowTexts => {
      const [only] = programmes;
      const programme = reference.programmes.find(({ code }) => code === only);
      return programme && programmes.length === 1 ? { programme: nameOf(programme, locale) } : {};
    };
    const words = {
      forms: AID_FORMS.map((form) => {
        const label = labels(labelKey("form", form));
        return { value: form, label, keywords: form };
      }),
      amountKinds: AMOUNT_KINDS.map((kind) => {
        const label = labels(labelKey("amountKind", kind));
        return { value: kind, label, keywords: kind };
      }),
    };
    const choices = new Map<RowColumn, readonly ComboboxOption[]>();
    return {
      read: (programmes) => {
        const context = rowContext({
          ...{ reference, locale, organisation: home },
          // Where not all of them are listed, the server alone decides.
          ...(reference.listed ? { places: organisations } : {}),
          reading: { today, openYears },
          constants: constants(programmes),
        });
        return (texts) => readRow(texts, context);
      },
      choicesOf: (column) => {
        const known = choices.get(column) ?? choicesOf(column, reference, locale, words);
        choices.set(column, known);
        return known;
      },
      firstColumns: (programmes, several) => firstColumns(reference, programmes, several),
    };
  }, [reference, organisations, today, home, locale, labels]);
}
