"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { DateInput } from "@/components/form/text-input";
import { fiscalYearOf, isCivilDate, monthOf } from "@/lib/kernel/fiscal-year";
import { fieldId, useEntryFields } from "./entry-context";
import { KindChoice } from "./kind-choice";
import { Section } from "./section";

/** Which year the record will stand in, and whether by-month tables can place it. */
function YearNote() {
  const t = useTranslations("entry.when");
  const { values } = useEntryFields();
  const day = values.dateKind === "day";
  const dates = {
    paidOn: day ? values.paidOn || null : null,
    periodFrom: day ? null : values.periodFrom || null,
    periodTo: day ? null : values.periodTo || null,
  };
  const last = dates.paidOn ?? dates.periodTo;
  const year = last && isCivilDate(last) ? fiscalYearOf(dates) : null;
  if (year === null) return day ? t("dayHint") : t("periodHint");
  return monthOf(dates) === 0 ? t("yearNoMonth", { year }) : t("year", { year });
}

export function WhenSection() {
  const t = useTranslations("entry.when");
  const { values, change, errorOf } = useEntryFields();
  return (
    <Section
      title={t("title")}
      aside={
        <KindChoice
          legend={t("kind")}
          value={values.dateKind}
          onChange={(dateKind) => change({ dateKind })}
          options={[
            { value: "day", label: t("day") },
            { value: "period", label: t("period") },
          ]}
        />
      }
    >
      {values.dateKind === "day" ? (
        <Field
          id={fieldId("paidOn")}
          label={t("paidOn")}
          error={errorOf("paidOn") ?? errorOf("fiscalYear")}
          hint={<YearNote />}
          width="half"
        >
          {(control) => (
            <DateInput
              {...control}
              value={values.paidOn}
              onChange={(event) => change({ paidOn: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <FieldRow>
          <Field id={fieldId("periodFrom")} label={t("from")} error={errorOf("periodFrom")}>
            {(control) => (
              <DateInput
                {...control}
                value={values.periodFrom}
                onChange={(event) => change({ periodFrom: event.target.value })}
              />
            )}
          </Field>
          <Field
            id={fieldId("periodTo")}
            label={t("to")}
            error={errorOf("periodTo") ?? errorOf("fiscalYear")}
            hint={<YearNote />}
          >
            {(control) => (
              <DateInput
                {...control}
                value={values.periodTo}
                onChange={(event) => change({ periodTo: event.target.value })}
              />
            )}
          </Field>
        </FieldRow>
      )}
    </Section>
  );
}
