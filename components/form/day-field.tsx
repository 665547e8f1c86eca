"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { DATE_PROBLEM, readDate } from "@/lib/kernel/date-reading";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { DayEcho } from "./day-echo";
import { Field, type FieldProps } from "./field";
import { WrittenDateInput } from "./written-date-input";
import styles from "./written-date-input.module.css";

/** The day in a text; "" where none can be read, which the server refuses. */
export function dayIn(text: string, today: CivilDate): CivilDate | "" {
  const read = readDate(text, today);
  return read.kind === "date" ? read.date : "";
}

/** One day, read as people write it and shown as it was read. */
export function DayField({
  text,
  today,
  onText,
  planned = false,
  error,
  ...field
}: Omit<FieldProps, "children" | "hint" | "aside"> & {
  text: string;
  today: CivilDate;
  onText: (text: string) => void;
  /** A day to come is what is meant. */
  planned?: boolean;
}) {
  const t = useTranslations("common.date");
  const say = useTranslations("errors.field");
  // Nobody is told off in the middle of a date.
  const [left, setLeft] = useState(false);
  const read = readDate(text, today);
  const unread = left && read.kind === "unread" ? say(DATE_PROBLEM[read.reason]) : undefined;
  return (
    <Field
      {...field}
      error={error ?? unread}
      hint={
        read.kind === "date" && (
          <span className={styles.echo}>
            <DayEcho read={read} planned={planned} />
          </span>
        )
      }
    >
      {(control) => (
        <WrittenDateInput
          {...control}
          placeholder={t("placeholder")}
          value={text}
          date={read.kind === "date" ? read.date : null}
          onWritten={onText}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
        />
      )}
    </Field>
  );
}
