"use client";

import { useTranslations } from "next-intl";
import { labelKey } from "@/lib/features/disbursements/labels";
import {
  RETURN_REASONS,
  VOID_REASONS,
  type ReturnReason,
  type VoidReason,
} from "@/lib/kernel/record-codes";
import { ReasonDialog, type ReasonDialogProps } from "./reason-dialog";

type Common<Reason extends string> = { reference: string } & Pick<
  ReasonDialogProps<Reason>,
  "command" | "onClose" | "onConfirm"
>;

export function ReturnDialog({ reference, ...rest }: Common<ReturnReason>) {
  const t = useTranslations("disbursement.return");
  const labels = useTranslations("labels");
  return (
    <ReasonDialog
      {...rest}
      title={t("title", { reference })}
      reasons={RETURN_REASONS.map((code) => ({
        value: code,
        label: labels(labelKey("returnReason", code)),
      }))}
      wordsLabel={t("words")}
      wordsHint={t("wordsHint")}
      wordsRequired
      confirm={t("confirm")}
    >
      {t("what")}
    </ReasonDialog>
  );
}

export function VoidDialog({ reference, ...rest }: Common<VoidReason>) {
  const t = useTranslations("disbursement.void");
  const labels = useTranslations("labels");
  return (
    <ReasonDialog
      {...rest}
      title={t("title", { reference })}
      reasons={VOID_REASONS.map((code) => ({
        value: code,
        label: labels(labelKey("voidReason", code)),
      }))}
      wordsLabel={t("words")}
      wordsHint={t("wordsHint")}
      wordsRequired={false}
      confirm={t("confirm")}
      tone="danger"
    >
      {t("what")}
    </ReasonDialog>
  );
}
