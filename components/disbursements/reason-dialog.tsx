"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog, type CommandDialogProps } from "@/components/command/command-dialog";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextArea } from "@/components/form/text-input";
import { needsWords, type Transition } from "@/lib/features/disbursements/workflow";

export type ReasonDialogProps<Reason extends string> = Omit<CommandDialogProps, "onConfirm"> & {
  reasons: readonly { value: Reason; label: string }[];
  wordsLabel: string;
  wordsHint: string;
  words: Transition["words"];
  onConfirm: (given: { reason: Reason; words: string }) => void;
};

/** A coded reason and words: for whoever has to understand it without asking back. */
export function ReasonDialog<Reason extends string>({
  reasons,
  wordsLabel,
  wordsHint,
  words: asked,
  onConfirm,
  children,
  ...frame
}: ReasonDialogProps<Reason>) {
  const t = useTranslations("disbursement.reason");
  const common = useTranslations("common");
  const [reason, setReason] = useState<Reason | "">("");
  const [words, setWords] = useState("");
  const [attempted, setAttempted] = useState(false);
  const wordsNeeded = needsWords(asked, reason);
  const wordsMissing = wordsNeeded && words.trim() === "";

  function confirm() {
    setAttempted(true);
    if (reason === "" || wordsMissing) return;
    onConfirm({ reason, words: words.trim() });
  }

  return (
    <CommandDialog {...frame} onConfirm={confirm}>
      <div>{children}</div>
      <Field
        label={t("reason")}
        required
        error={attempted && reason === "" ? t("choose") : undefined}
      >
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={reasons}
            value={reason}
            onChange={(event) => setReason(event.target.value as Reason | "")}
          />
        )}
      </Field>
      <Field
        label={wordsLabel}
        hint={wordsHint}
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
    </CommandDialog>
  );
}
