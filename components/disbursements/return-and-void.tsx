"use client";

import { useTranslations } from "next-intl";
import { askedFor, type ReasonGroup, type Transition } from "@/lib/features/disbursements/workflow";
import type { ReturnReason, VoidReason } from "@/lib/kernel/record-codes";
import { ReasonDialog, type ReasonDialogProps } from "./reason-dialog";

type Common<Reason extends string> = { reference: string } & Pick<
  ReasonDialogProps<Reason>,
  "command" | "onClose" | "onConfirm"
>;

type Asked<Reason> = { group: ReasonGroup; reasons: readonly Reason[]; words: Transition["words"] };

/** The reasons a step asks for, in the reader's words. */
function useAsked<Reason extends string>(asked: Asked<Reason>) {
  const labels: (key: string) => string = useTranslations("labels");
  const reasons = asked.reasons.map((code) => ({
    value: code,
    label: labels(`${asked.group}.${code}`),
  }));
  return { reasons, words: asked.words };
}

export function ReturnDialog({ reference, ...rest }: Common<ReturnReason>) {
  const t = useTranslations("disbursement.return");
  return (
    <ReasonDialog
      {...rest}
      {...useAsked(askedFor("return"))}
      title={t("title", { reference })}
      wordsLabel={t("words")}
      wordsHint={t("wordsHint")}
      confirm={t("confirm")}
    >
      {t("what")}
    </ReasonDialog>
  );
}

export function VoidDialog({ reference, ...rest }: Common<VoidReason>) {
  const t = useTranslations("disbursement.void");
  return (
    <ReasonDialog
      {...rest}
      {...useAsked(askedFor("void"))}
      title={t("title", { reference })}
      wordsLabel={t("words")}
      wordsHint={t("wordsHint")}
      confirm={t("confirm")}
      tone="danger"
    >
      {t("what")}
    </ReasonDialog>
  );
}
