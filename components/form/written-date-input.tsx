"use client";

import { CalendarDays } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { TextInput, type TextInputProps } from "./text-input";
import styles from "./written-date-input.module.css";

export type WrittenDateInputProps = Omit<TextInputProps, "type" | "after" | "onChange"> & {
  value: string;
  /** The day as understood, where the calendar opens. */
  date: string | null;
  onWritten: (text: string) => void;
};

/** A day as it is written, 8.28 or 昨天; the calendar stands behind a button. Reading it is the kernel's work. */
export function WrittenDateInput({ date, onWritten, ...rest }: WrittenDateInputProps) {
  const t = useTranslations("common.date");
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      spellCheck={false}
      {...rest}
      onChange={(event) => onWritten(event.target.value)}
      after={
        <span className={styles.calendar}>
          <button
            type="button"
            className={styles.button}
            aria-label={t("calendar")}
            disabled={rest.disabled}
            onClick={() => calendar.current?.showPicker()}
          >
            <CalendarDays size={16} aria-hidden />
          </button>
          <input
            ref={calendar}
            type="date"
            className={styles.picker}
            tabIndex={-1}
            aria-hidden
            min="2000-01-01"
            max="2099-12-31"
            value={date ?? ""}
            onChange={(event) => event.target.value !== "" && onWritten(event.target.value)}
          />
        </span>
      }
    />
  );
}
