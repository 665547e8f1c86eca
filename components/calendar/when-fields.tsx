"use client";

import { useTranslations } from "next-intl";
import { textOf } from "@/components/admin/names-fields";
import { MONTHS } from "@/components/admin/months-fields";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import type { When } from "@/lib/features/calendar/schema";

export type Repeats = When["repeats"];
const REPEATS = ["yearly", "monthly", "never"] as const satisfies readonly Repeats[];

const DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1));
const twoDigits = (text: string) => text.padStart(2, "0");

function useMonths() {
  const month = useTranslations("common.chart.months");
  return MONTHS.map((value) => ({ value, label: month(value) }));
}

function useDays() {
  const t = useTranslations("admin.calendar");
  return DAYS.map((value) => ({ value, label: t("dayOfMonth", { day: value }) }));
}

/** A day of every year: month and day. */
function MonthDay({
  name,
  label,
  hint,
  at,
}: {
  name: string;
  label: string;
  hint?: string;
  at: string;
}) {
  const t = useTranslations("admin.calendar");
  const [months, days] = [useMonths(), useDays()];
  const [month = "", day = ""] = at.split("-").map((part) => String(Number(part)));
  return (
    <FieldRow>
      <Field label={label} hint={hint}>
        {(control) => (
          <Select {...control} name={`${name}Month`} options={months} defaultValue={month} />
        )}
      </Field>
      <Field label={t("dayOf", { label })}>
        {(control) => <Select {...control} name={`${name}Day`} options={days} defaultValue={day} />}
      </Field>
    </FieldRow>
  );
}

function Yearly({ when }: { when: When | undefined }) {
  const t = useTranslations("admin.calendar");
  const held = when?.repeats === "yearly" ? when : { from: "01-01", to: "12-31", due: "01-15" };
  return (
    <>
      <MonthDay name="from" label={t("from")} at={held.from} />
      <MonthDay name="to" label={t("to")} hint={t("toHint")} at={held.to} />
      <MonthDay name="due" label={t("due")} hint={t("dueHint")} at={held.due} />
    </>
  );
}

function Monthly({ when }: { when: When | undefined }) {
  const t = useTranslations("admin.calendar");
  const held = when?.repeats === "monthly" ? when : { fromMonth: 1, toMonth: 12, dueDay: 10 };
  const [months, days] = [useMonths(), useDays()];
  return (
    <>
      <FieldRow>
        <Field label={t("fromMonth")}>
          {(control) => (
            <Select
              {...control}
              name="fromMonth"
              options={months}
              defaultValue={String(held.fromMonth)}
            />
          )}
        </Field>
        <Field label={t("toMonth")}>
          {(control) => (
            <Select
              {...control}
              name="toMonth"
              options={months}
              defaultValue={String(held.toMonth)}
            />
          )}
        </Field>
      </FieldRow>
      <Field label={t("dueDay")} hint={t("dueDayHint")} width="half">
        {(control) => (
          <Select {...control} name="dueDay" options={days} defaultValue={String(held.dueDay)} />
        )}
      </Field>
    </>
  );
}

/** Of which days, and by when. */
export function WhenFields({
  when,
  repeats,
  onRepeats,
  error,
}: {
  when: When | undefined;
  repeats: Repeats;
  onRepeats: (repeats: Repeats) => void;
  error: string | undefined;
}) {
  const t = useTranslations("admin.calendar");
  const labels = useTranslations("labels.repeats");
  return (
    <>
      <Field label={t("repeats")} hint={t(`repeatsHint.${repeats}`)} error={error} width="half">
        {(control) => (
          <Select
            {...control}
            options={REPEATS.map((value) => ({ value, label: labels(value) }))}
            value={repeats}
            onChange={(event) => onRepeats(event.target.value as Repeats)}
          />
        )}
      </Field>
      {repeats === "yearly" && <Yearly when={when} />}
      {repeats === "monthly" && <Monthly when={when} />}
    </>
  );
}

/** What the fields hold. */
export function whenOf(data: FormData, repeats: Repeats): When {
  const day = (name: string) =>
    `${twoDigits(textOf(data, `${name}Month`))}-${twoDigits(textOf(data, `${name}Day`))}`;
  const number = (name: string) => Number(textOf(data, name));
  if (repeats === "never") return { repeats };
  if (repeats === "yearly") return { repeats, from: day("from"), to: day("to"), due: day("due") };
  return {
    repeats,
    fromMonth: number("fromMonth"),
    toMonth: number("toMonth"),
    dueDay: number("dueDay"),
  };
}
