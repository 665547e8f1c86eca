"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextArea } from "@/components/form/text-input";
import { REVEAL_REASONS, REVEALED_FIELDS, type RevealedField } from "@/lib/features/reveals/labels";
import type { Asked } from "@/lib/features/reveals/types";
import styles from "./reveals.module.css";

type Faults = Partial<Record<"fields" | "reason" | "words", string>>;

/** Which fields, and why: what is said of every look. `read` answers null, with the faults shown, where something lacks. */
export function useAsked() {
  const t = useTranslations("reveals");
  const [fields, setFields] = useState<readonly RevealedField[]>(["name"]);
  const [reason, setReason] = useState("");
  const [words, setWords] = useState("");
  const [faults, setFaults] = useState<Faults>({});

  function read(): Asked | null {
    const code = REVEAL_REASONS.find((one) => one === reason);
    const found: Faults = {
      ...(fields.length === 0 ? { fields: t("fault.fields") } : {}),
      ...(code ? {} : { reason: t("fault.reason") }),
      ...(words.trim().length < 2 ? { words: t("fault.words") } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0 || !code) return null;
    return { fields: [...fields], reason: { code, words: words.trim() } };
  }

  const toggle = (field: RevealedField, on: boolean) =>
    setFields(REVEALED_FIELDS.filter((one) => (one === field ? on : fields.includes(one))));
  return { fields, toggle, reason, setReason, words, setWords, faults, read };
}

type Props = {
  asked: ReturnType<typeof useAsked>;
  errorOf: (field: string) => string | undefined;
};

export function AskedFields({ asked, errorOf }: Props) {
  const t = useTranslations("reveals");
  const common = useTranslations("common");
  const { faults } = asked;
  return (
    <>
      <fieldset className={styles.fields}>
        <legend>{t("ask.fields")}</legend>
        {REVEALED_FIELDS.map((field) => (
          <Checkbox
            key={field}
            checked={asked.fields.includes(field)}
            onChange={({ target }) => asked.toggle(field, target.checked)}
            label={t(`field.${field}`)}
          />
        ))}
        {faults.fields && (
          <p className={styles.fault} role="alert">
            {faults.fields}
          </p>
        )}
      </fieldset>
      <Field label={t("ask.reason")} required error={faults.reason ?? errorOf("reason")}>
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={REVEAL_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={asked.reason}
            onChange={({ target }) => asked.setReason(target.value)}
          />
        )}
      </Field>
      <Field
        label={t("ask.words")}
        hint={t("ask.wordsHint")}
        required
        error={faults.words ?? errorOf("reason.words")}
      >
        {(control) => (
          <TextArea
            {...control}
            maxLength={200}
            value={asked.words}
            onChange={({ target }) => asked.setWords(target.value)}
          />
        )}
      </Field>
    </>
  );
}
