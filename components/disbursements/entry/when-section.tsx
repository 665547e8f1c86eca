"use client";

import { useTranslations } from "next-intl";
import { DayEcho } from "@/components/form/day-echo";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { WrittenDateInput } from "@/components/form/written-date-input";
import { fiscalYearOf, monthOf, yearOf } from "@/lib/kernel/fiscal-year";
import { dayText } from "@/lib/kernel/written";
import { fieldId, useEntryFields } from "./entry-context";
import { KindChoice } from "./kind-choice";
import { Section } from "./section";
import styles from "./section.module.css";

type DateName = "paidOn" | "periodFrom" | "periodTo";

/** Which year the record will stand in, and whether by-month tables can place it. */
function YearNote() {
  const t = useTranslations("entry.when");
  const { values, reading, reference, postsOn, locale } = useEntryFields();
  const day = values.dateKind === "day";
  const { paidOn, periodFrom, periodTo } = reading.input;
  const dates = {
    paidOn: paidOn ?? null,
    periodFrom: periodFrom ?? null,
    periodTo: periodTo ?? null,
  };
  const year = fiscalYearOf(dates);
  if (year === null) return day ? t("dayHint") : t("periodHint");
  const closed = reference.years.some((one) => one.year === year && one.status === "closed");
  if (postsOn !== null && closed)
    return t("posted", { year, day: dayText(postsOn, locale), booked: yearOf(postsOn) });
  return monthOf(dates) === 0 ? t("yearNoMonth", { year }) : t("year", { year });
}

function DateField({ name, width }: { name: DateName; width?: "half" }) {
  const t = useTranslations("entry.when");
  const common = useTranslations("common.date");
  const { values, change, errorOf, reading, offeredDay, today } = useEntryFields();
  const read = reading.dates[name];
  const ends = name !== "periodFrom";
  return (
    <Field
      id={fieldId(name)}
      label={t({ paidOn: "paidOn", periodFrom: "from", periodTo: "to" }[name])}
      error={errorOf(name) ?? (ends ? errorOf("fiscalYear") : undefined)}
      hint={
        <span className={styles.echoes}>
          <DayEcho read={read} />
          {ends && (
            <span>
              <YearNote />
            </span>
          )}
          {name === "paidOn" && offeredDay && (
            <span>{t(values.paidOn === today ? "offered" : "offeredNext")}</span>
          )}
        </span>
      }
      width={width}
    >
      {(control) => (
        <WrittenDateInput
          {...control}
          placeholder={common("placeholder")}
          value={values[name]}
          date={read.kind === "date" ? read.date : null}
          onWritten={(text) => change({ [name]: text })}
        />
      )}
    </Field>
  );
}

export function WhenSection() {
  const t = useTranslations("entry.when");
  const { values, change } = useEntryFields();
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
        <DateField name="paidOn" width="half" />
      ) : (
        <FieldRow>
          <DateField name="periodFrom" />
          <DateField name="periodTo" />
        </FieldRow>
      )}
    </Section>
  );
}
