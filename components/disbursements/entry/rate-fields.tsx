"use client";

import { CircleAlert, Equal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { AmountInput } from "@/components/form/amount-input";
import { NumberInput, TextInput } from "@/components/form/text-input";
import { wholeText } from "@/lib/kernel/written";
import { formatFen } from "@/lib/kernel/money";
import type { RateBasis } from "@/lib/kernel/rate-basis";
import { fieldId, useEntryFields } from "./entry-context";
import styles from "./rate-fields.module.css";

type Part = "unitFen" | "count" | "times";

function partText(rate: RateBasis, part: Part): string {
  return part === "unitFen" ? formatFen(rate.unitFen) : wholeText(rate[part]);
}

/** The basis in words: what was worked out, or where it contradicts the amount. */
function RateOutcome() {
  const t = useTranslations("entry.rate");
  const { values, reading } = useEntryFields();
  const { rate, onceAssumed } = reading;
  if (rate.kind === "none" || rate.kind === "indivisible") return null;
  if (rate.kind === "contradiction") {
    const gap = rate.amountFen - rate.expectedFen;
    return (
      <p className={styles.contradiction} role="status">
        <CircleAlert size={16} aria-hidden />
        <span>
          {t("contradiction", {
            unit: values.rateUnit,
            count: values.rateCount,
            times: values.rateTimes,
            expected: formatFen(rate.expectedFen),
            amount: formatFen(rate.amountFen),
            gap: formatFen(gap < 0n ? -gap : gap),
          })}
        </span>
      </p>
    );
  }
  const shown = {
    unit: formatFen(rate.rate.unitFen),
    count: wholeText(rate.rate.count),
    times: wholeText(rate.rate.times),
    amount: formatFen(rate.amountFen),
  };
  return (
    <p className={styles.outcome} role="status">
      <Equal size={16} aria-hidden />
      <span>
        {t("formula", shown)}
        {rate.kind === "derived" && (
          <span className="quiet">
            {onceAssumed ? t("onceAssumed") : t(`derived.${rate.field}`)}
          </span>
        )}
      </span>
    </p>
  );
}

/** 计算式: any three of unit, count, times and amount give the fourth, shown where it would be typed. */
export function RateFields() {
  const t = useTranslations("entry.rate");
  const { values, change, reading, errorOf } = useEntryFields();
  const { rate, onceAssumed } = reading;
  const ghost = (part: Part) => {
    if (part === "times" && onceAssumed) return "1";
    return rate.kind === "derived" && rate.field === part ? partText(rate.rate, part) : undefined;
  };
  const begun = [values.rateUnit, values.rateCount, values.rateTimes].some((text) => text !== "");
  return (
    <div className={styles.rate} role="group" aria-label={t("title")}>
      <div className={styles.parts}>
        <Field id={fieldId("rate.unitFen")} label={t("unit")} error={errorOf("rate.unitFen")}>
          {(control) => (
            <AmountInput
              {...control}
              placeholder={ghost("unitFen")}
              value={values.rateUnit}
              onChange={(event) => change({ rateUnit: event.target.value })}
            />
          )}
        </Field>
        <X className={styles.times} size={14} aria-hidden />
        <Field id={fieldId("rate.count")} label={t("count")} error={errorOf("rate.count")}>
          {(control) => (
            <NumberInput
              {...control}
              placeholder={ghost("count")}
              value={values.rateCount}
              onChange={(event) => change({ rateCount: event.target.value })}
            />
          )}
        </Field>
        <X className={styles.times} size={14} aria-hidden />
        <Field id={fieldId("rate.times")} label={t("times")} error={errorOf("rate.times")}>
          {(control) => (
            <NumberInput
              {...control}
              placeholder={ghost("times")}
              value={values.rateTimes}
              onChange={(event) => change({ rateTimes: event.target.value })}
            />
          )}
        </Field>
      </div>
      {begun ? <RateOutcome /> : <p className={styles.hint}>{t("hint")}</p>}
      {begun && (
        <Field
          id={fieldId("rate.note")}
          label={t("note")}
          error={errorOf("rate.note")}
          hint={t("noteHint")}
          optional
        >
          {(control) => (
            <TextInput
              {...control}
              value={values.rateNote}
              onChange={(event) => change({ rateNote: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
