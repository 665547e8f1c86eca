"use client";

import { useTranslations } from "next-intl";
import { AmountEcho, AmountInput } from "@/components/form/amount-input";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { TextInput } from "@/components/form/text-input";
import { labelKey } from "@/lib/features/disbursements/labels";
import { AMOUNT_KINDS, hasAmount } from "@/lib/kernel/record-codes";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { readAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";
import { fieldId, useEntryFields } from "./entry-context";
import type { EntryReading } from "@/lib/features/entry/types";
import { KindChoice } from "./kind-choice";
import { RateFields } from "./rate-fields";
import { Section } from "./section";

/** Where the amount comes from, if it is not typed as an exact one. */
function amountHint(
  t: (key: string, values?: Record<string, string>) => string,
  { amountFrom, amountWords }: EntryReading,
): string {
  if (amountFrom === "rate") return t("derived");
  if (amountFrom === "parts") return t("fromParts");
  return amountWords === null ? t("hint") : t("estimatedFrom", { words: amountWords });
}

function AmountField() {
  const t = useTranslations("entry.amount");
  const { values, change, reading, errorOf } = useEntryFields();
  const { amountFen, amountFrom } = reading;
  const left = amountFrom !== "typed";
  return (
    <Field
      id={fieldId("amountFen")}
      label={t("amount")}
      error={errorOf("amountFen")}
      hint={amountHint(t, reading)}
      aside={
        <AmountEcho
          echo={amountFen === null ? null : formatFen(amountFen)}
          capital={amountFen === null ? null : capitalAmount(amountFen)}
        />
      }
    >
      {(control) => (
        <AmountInput
          {...control}
          placeholder={left && amountFen !== null ? formatFen(amountFen) : "61.58万"}
          value={values.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
      )}
    </Field>
  );
}

/** What others of the programme spend on one: an amount far from it will be asked about. */
function PerHead() {
  const t = useTranslations("entry.amount");
  const labels = useTranslations("labels");
  const { checked, reading } = useEntryFields();
  if (!checked?.perHead) return null;
  const { unit, months, peers, medianFen } = checked.perHead;
  const read = reading.counts[unit];
  const count = read.kind === "count" && read.count > 0 ? BigInt(read.count * months) : null;
  const { amountFen } = reading;
  const shown = {
    unit: labels(`countUnit.${unit}`),
    median: formatFen(BigInt(medianFen)),
    peers,
    over: months,
  };
  return (
    <p className="quiet">
      {count === null || amountFen === null
        ? t("perHead", shown)
        : t("perHeadHere", { ...shown, here: formatFen((amountFen + count / 2n) / count) })}
    </p>
  );
}

/** 款物兼有: the two parts are typed, their sum is compared with the amount on the spot. */
function CashAndGoods() {
  const t = useTranslations("entry.amount");
  const { values, change, reading, errorOf } = useEntryFields();
  const fenOf = (text: string) => {
    const read = readAmount(text);
    return read.kind === "amount" ? read.fen : null;
  };
  const cash = fenOf(values.cash);
  const goods = fenOf(values.goods);
  const sum = cash === null && goods === null ? null : (cash ?? 0n) + (goods ?? 0n);
  const differs = sum !== null && reading.amountFen !== null && sum !== reading.amountFen;
  return (
    <FieldRow>
      <Field
        id={fieldId("cashFen")}
        label={t("cash")}
        error={errorOf("cashFen")}
        hint={
          differs && reading.amountFen !== null
            ? t("partsDiffer", { sum: formatFen(sum), amount: formatFen(reading.amountFen) })
            : undefined
        }
      >
        {(control) => (
          <AmountInput
            {...control}
            value={values.cash}
            onChange={(event) => change({ cash: event.target.value })}
          />
        )}
      </Field>
      <Field id={fieldId("goodsFen")} label={t("goods")} error={errorOf("goodsFen")}>
        {(control) => (
          <AmountInput
            {...control}
            value={values.goods}
            onChange={(event) => change({ goods: event.target.value })}
          />
        )}
      </Field>
    </FieldRow>
  );
}

export function AmountSection() {
  const t = useTranslations("entry.amount");
  const labels = useTranslations("labels");
  const { values, change, reading, errorOf } = useEntryFields();
  const valued = hasAmount(values.amountKind);
  return (
    <Section
      title={t("title")}
      aside={
        <KindChoice
          legend={t("kind")}
          value={reading.amountKind}
          onChange={(amountKind) => change({ amountKind })}
          options={AMOUNT_KINDS.map((kind) => ({
            value: kind,
            label: labels(labelKey("amountKind", kind)),
          }))}
        />
      }
    >
      {valued && <AmountField />}
      {valued && <PerHead />}
      {values.amountKind === "unvalued" && <p className="quiet">{t("unvaluedNote")}</p>}
      {values.amountKind === "none" && <p className="quiet">{t("noneNote")}</p>}
      {reading.amountKind === "estimated" && (
        <Field
          id={fieldId("amountWording")}
          label={t("wording")}
          error={errorOf("amountWording")}
          hint={t("wordingHint")}
          width="half"
          optional
        >
          {(control) => (
            <TextInput
              {...control}
              placeholder={reading.amountWords ?? undefined}
              value={values.amountWording}
              onChange={(event) => change({ amountWording: event.target.value })}
            />
          )}
        </Field>
      )}
      {valued && values.form === "mixed" && <CashAndGoods />}
      {valued && <RateFields />}
    </Section>
  );
}
