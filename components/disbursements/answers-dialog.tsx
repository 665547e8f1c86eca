"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog, type CommandDialogProps } from "@/components/command/command-dialog";
import { Field } from "@/components/form/field";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { labelKey } from "@/lib/features/disbursements/labels";
import type { SubmitInput } from "@/lib/features/steps/schema";
import type { ShownFinding } from "@/lib/features/findings/present";
import { ANSWER_CODES, type AnswerCode } from "@/lib/kernel/record-codes";
import { FindingItem } from "./finding-list";
import styles from "./finding-list.module.css";

type Answers = NonNullable<SubmitInput["answers"]>;
type Draft = Record<string, { code: AnswerCode | ""; words: string }>;

const NOTHING = { code: "", words: "" } as const;

function missing(finding: ShownFinding, draft: Draft): "choose" | "words" | null {
  const { code, words } = draft[finding.rule] ?? NOTHING;
  if (code === "") return "choose";
  return code === "other" && words.trim() === "" ? "words" : null;
}

/** Each soft finding gets a coded answer before the record is submitted; the reviewer reads them. */
export function AnswersDialog({
  findings,
  onAnswered,
  ...frame
}: Pick<CommandDialogProps, "command" | "onClose"> & {
  findings: readonly ShownFinding[];
  onAnswered: (answers: Answers) => void;
}) {
  const t = useTranslations("disbursement.answers");
  const common = useTranslations("common");
  const labels = useTranslations("labels");
  const [draft, setDraft] = useState<Draft>({});
  const [attempt, setAttempt] = useState(0);
  const errorOf = (finding: ShownFinding) => {
    const what = attempt > 0 ? missing(finding, draft) : null;
    return what === null ? undefined : t(what);
  };

  function answer() {
    if (findings.some((finding) => missing(finding, draft) !== null)) {
      setAttempt(attempt + 1);
      return;
    }
    onAnswered(
      findings.flatMap(({ rule }) => {
        const { code, words } = draft[rule] ?? NOTHING;
        return code === "" ? [] : [{ rule, answer: code, words: words.trim() || null }];
      }),
    );
  }

  return (
    <CommandDialog
      {...frame}
      size="wide"
      title={t("title", { count: findings.length })}
      cancel={t("back")}
      confirm={t("submit")}
      onConfirm={answer}
    >
      <p className="quiet">{t("lead")}</p>
      <FormErrorSummary
        attempt={attempt}
        errors={findings.flatMap((finding) => {
          const message = errorOf(finding);
          return message ? [{ fieldId: `answer-${finding.rule}`, message }] : [];
        })}
      />
      {findings.map((finding) => {
        const given = draft[finding.rule] ?? NOTHING;
        const set = (patch: Partial<Draft[string]>) =>
          setDraft((known) => ({ ...known, [finding.rule]: { ...given, ...patch } }));
        return (
          <div key={finding.rule} className="stack">
            <ul className={styles.list}>
              <FindingItem finding={finding} />
            </ul>
            <Field
              id={`answer-${finding.rule}`}
              label={t("answer")}
              error={errorOf(finding)}
              required
            >
              {(control) => (
                <Select
                  {...control}
                  placeholder={common("choose")}
                  options={ANSWER_CODES.map((code) => ({
                    value: code,
                    label: labels(labelKey("answer", code)),
                  }))}
                  value={given.code}
                  onChange={(event) => set({ code: event.target.value as AnswerCode | "" })}
                />
              )}
            </Field>
            <Field label={t("explain")} optional={given.code !== "other"}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={500}
                  value={given.words}
                  onChange={(event) => set({ words: event.target.value })}
                />
              )}
            </Field>
          </div>
        );
      })}
    </CommandDialog>
  );
}
