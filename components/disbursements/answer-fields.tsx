"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { labelKey } from "@/lib/features/disbursements/labels";
import { ANSWER_CODES, type AnswerCode } from "@/lib/kernel/record-codes";

/** What is said of a finding: a coded answer, and words, which “other” needs. */
export type SaidOfFinding = { code: AnswerCode | ""; words: string };

export const NOTHING_SAID: SaidOfFinding = { code: "", words: "" };

/** What is missing in an answer, as the sentence that asks for it. */
export function missingIn({ code, words }: SaidOfFinding): "choose" | "words" | null {
  if (code === "") return "choose";
  return code === "other" && words.trim() === "" ? "words" : null;
}

export function AnswerFields({
  id,
  said,
  error,
  onSay,
}: {
  id: string;
  said: SaidOfFinding;
  error?: string | undefined;
  onSay: (said: SaidOfFinding) => void;
}) {
  const t = useTranslations("disbursement.answers");
  const common = useTranslations("common");
  const labels = useTranslations("labels");
  return (
    <>
      <Field id={id} label={t("answer")} error={error} required>
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={ANSWER_CODES.map((code) => ({
              value: code,
              label: labels(labelKey("answer", code)),
            }))}
            value={said.code}
            onChange={({ target }) => onSay({ ...said, code: target.value as AnswerCode | "" })}
          />
        )}
      </Field>
      <Field label={t("explain")} optional={said.code !== "other"}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={500}
            value={said.words}
            onChange={({ target }) => onSay({ ...said, words: target.value })}
          />
        )}
      </Field>
    </>
  );
}
