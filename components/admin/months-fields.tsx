"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/form/checkbox";
import styles from "./admin.module.css";

export const MONTHS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

/** The months in which a programme normally runs; none = all year. */
export function MonthsFields({ months }: { months: readonly number[] }) {
  const t = useTranslations("admin.programmes");
  const tMonth = useTranslations("common.chart.months");
  return (
    <fieldset className={styles.group}>
      <legend>{t("months")}</legend>
      <p className="quiet">{t("monthsHint")}</p>
      <div className={styles.months}>
        {MONTHS.map((month) => (
          <Checkbox
            key={month}
            name="month"
            value={month}
            label={tMonth(month)}
            defaultChecked={months.includes(Number(month))}
          />
        ))}
      </div>
    </fieldset>
  );
}

export const monthsOf = (data: FormData): number[] => data.getAll("month").map(Number);
