"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog, type CommandDialogProps } from "@/components/command/command-dialog";
import { Field } from "@/components/form/field";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { TextInput } from "@/components/form/text-input";
import { stepReasonKey } from "@/lib/features/disbursements/labels";
import type { StepView } from "@/lib/features/disbursements/types";
import type { SubmitInput } from "@/lib/features/steps/schema";
import type { ShownFinding } from "@/lib/features/findings/present";
import { AnswerFields, missingIn, NOTHING_SAID, type SaidOfFinding } from "./answer-fields";
import { FindingItem } from "./finding-list";
import styles from "./finding-list.module.css";

type Answers = NonNullable<SubmitInput["answers"]>;
/** What is said with a submission. */
export type SaidOnSubmit = { answers: Answers; reply?: string };
type Draft = Record<string, SaidOfFinding>;

/** Why it came back, and the line in which the clerk answers it: the reviewer reads it before anything else. */
function Reply({
  returned,
  reply,
  error,
  onReply,
}: {
  returned: StepView;
  reply: string;
  error: string | undefined;
  onReply: (words: string) => void;
}) {
  const t = useTranslations("disbursement.answers");
  const labels = useTranslations("labels");
  const reason = stepReasonKey(returned);
  return (
    <>
      <p>
        {reason && t("returned", { reason: labels(reason) })}
        {returned.words && ` · ${returned.words}`}
      </p>
      <Field id="reply" label={t("reply")} hint={t("replyHint")} error={error} required>
        {(control) => (
          <TextInput
            {...control}
            maxLength={500}
            value={reply}
            onChange={(event) => onReply(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}

/**
 * What is asked before the record is submitted: a coded answer to each soft finding, and to the return where it
 * came back. The reviewer reads them.
 */
export function AnswersDialog({
  findings,
  returned,
  onAnswered,
  ...frame
}: Pick<CommandDialogProps, "command" | "onClose"> & {
  findings: readonly ShownFinding[];
  /** The step that sent it back, where that was the last. */
  returned: StepView | null;
  onAnswered: (given: SaidOnSubmit) => void;
}) {
  const t = useTranslations("disbursement.answers");
  const [draft, setDraft] = useState<Draft>({});
  const [reply, setReply] = useState("");
  const [attempt, setAttempt] = useState(0);
  const replyMissing = returned !== null && reply.trim() === "";
  const replyError = attempt > 0 && replyMissing ? t("replyMissing") : undefined;
  const errorOf = (finding: ShownFinding) => {
    const what = attempt > 0 ? missingIn(draft[finding.rule] ?? NOTHING_SAID) : null;
    return what === null ? undefined : t(what);
  };

  function answer() {
    if (
      replyMissing ||
      findings.some((finding) => missingIn(draft[finding.rule] ?? NOTHING_SAID) !== null)
    ) {
      setAttempt(attempt + 1);
      return;
    }
    const answers = findings.flatMap(({ rule }): Answers => {
      const { code, words } = draft[rule] ?? NOTHING_SAID;
      return code === "" ? [] : [{ rule, answer: code, words: words.trim() || null }];
    });
    onAnswered(returned ? { answers, reply: reply.trim() } : { answers });
  }

  return (
    <CommandDialog
      {...frame}
      size="wide"
      title={findings.length > 0 ? t("title", { count: findings.length }) : t("again")}
      cancel={t("back")}
      confirm={t("submit")}
      onConfirm={answer}
    >
      {findings.length > 0 && <p className="quiet">{t("lead")}</p>}
      <FormErrorSummary
        attempt={attempt}
        errors={[
          ...(replyError ? [{ fieldId: "reply", message: replyError }] : []),
          ...findings.flatMap((finding) => {
            const message = errorOf(finding);
            return message ? [{ fieldId: `answer-${finding.rule}`, message }] : [];
          }),
        ]}
      />
      {returned && (
        <Reply returned={returned} reply={reply} error={replyError} onReply={setReply} />
      )}
      {findings.map((finding) => {
        return (
          <div key={finding.rule} className="stack">
            <ul className={styles.list}>
              <FindingItem finding={finding} />
            </ul>
            <AnswerFields
              id={`answer-${finding.rule}`}
              said={draft[finding.rule] ?? NOTHING_SAID}
              error={errorOf(finding)}
              onSay={(said) => setDraft((known) => ({ ...known, [finding.rule]: said }))}
            />
          </div>
        );
      })}
    </CommandDialog>
  );
}
