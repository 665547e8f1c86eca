"use client";

import { useTranslations } from "next-intl";
import { labelKey } from "@/lib/features/disbursements/labels";
import type { Failure } from "@/lib/browser/api-client";
import {
  RETURN_REASONS,
  VOID_REASONS,
  type ReturnReason,
  type VoidReason,
} from "@/lib/kernel/record-codes";
import { ReasonDialog } from "./reason-dialog";

type Common<Reason> = {
  reference: string;
  busy: boolean;
  failure: Failure | null;
  onClose: () => void;
  onConfirm: (given: { reason: Reason; words: string }) => void;
};

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
      tone="primary"
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
