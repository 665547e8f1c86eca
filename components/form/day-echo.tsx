"use client";

import { useLocale, useTranslations } from "next-intl";
import { weekdayOf, type DateReading } from "@/lib/kernel/date-reading";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText } from "@/lib/kernel/written";
import styles from "./written-date-input.module.css";

/** The day as understood, with its day of the week; and at once, where it has not come yet and was not `planned`. */
export function DayEcho({ read, planned = false }: { read: DateReading; planned?: boolean }) {
  const t = useTranslations("common.date");
  const locale = useLocale() as Locale;
  if (read.kind !== "date") return null;
  const day = t("echo", {
    day: dayText(read.date, locale),
    weekday: t(`weekday.${weekdayOf(read.date)}`),
  });
  return (
    <>
      <output>{day}</output>
      {read.future && !planned && <strong className={styles.future}>{t("future")}</strong>}
    </>
  );
}
