"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import type { Failure } from "@/lib/browser/api-client";
import { needsWords, type Transition } from "@/lib/features/disbursements/workflow";

export type ReasonDialogProps<Reason extends string> = {
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  reasons: readonly { value: Reason; label: string }[];
  wordsLabel: string;
  wordsHint: string;
  words: Transition["words"];
  confirm: string;
  tone: "primary" | "danger";
  busy: boolean;
  failure: Failure | null;
  onClose: () => void;
  onConfirm: (given: { reason: Reason; words: string }) => void;
};

/** A coded reason and words: for whoever has to understand it without asking back. */
export function ReasonDialog<Reason extends string>(props: ReasonDialogProps<Reason>) {
  const t = useTranslations("disbursement.reason");
  const common = useTranslations("common");
  const errors = useTranslations("errors.code");
  const [reason, setReason] = useState<Reason | "">("");
  const [words, setWords] = useState("");
  const [attempted, setAttempted] = useState(false);
  const wordsNeeded = needsWords(props.words, reason);
  const wordsMissing = wordsNeeded && words.trim() === "";

  function confirm() {
    setAttempted(true);
    if (reason === "" || wordsMissing) return;
    props.onConfirm({ reason, words: words.trim() });
  }

  return (
    <Dialog
      open
      busy={props.busy}
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button onClick={props.onClose} disabled={props.busy}>
            {common("cancel")}
          </Button>
          <Button variant={props.tone} busy={props.busy} onClick={confirm}>
            {props.confirm}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div>{props.children}</div>
        {props.failure && (
          <Callout tone="danger" live>
            {errors(props.failure.code)}
          </Callout>
        )}
        <Field
          label={t("reason")}
          required
          error={attempted && reason === "" ? t("choose") : undefined}
        >
          {(control) => (
            <Select
              {...control}
              placeholder={common("choose")}
              options={props.reasons}
              value={reason}
              onChange={(event) => setReason(event.target.value as Reason | "")}
            />
          )}
        </Field>
        <Field
          label={props.wordsLabel}
          hint={props.wordsHint}
          optional={!wordsNeeded}
          required={wordsNeeded}
          error={attempted && wordsMissing ? t("words") : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
