"use client";

import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { failureOf, newIdempotencyKey, type Failure } from "@/lib/browser/api-client";
import { voidAllotment } from "@/lib/features/allotments/client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";

type VoidAllotmentProps = {
  id: string;
  version: number;
  /** Organisation, source and amount, so that the right one is voided. */
  what: string;
};

export function VoidAllotment({ id, version, what }: VoidAllotmentProps) {
  const t = useTranslations("allotments.void");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        aria-label={`${t("action")} ${what}`}
        onClick={() => setOpen(true)}
      >
        {t("action")}
      </Button>
      {open && <VoidDialog id={id} version={version} what={what} onClose={() => setOpen(false)} />}
    </>
  );
}

function VoidDialog({ id, version, what, onClose }: VoidAllotmentProps & { onClose: () => void }) {
  const t = useTranslations("allotments.void");
  const tAdd = useTranslations("allotments.add");
  const common = useTranslations("common");
  const errors = useTranslations("errors.code");
  const router = useRouter();
  const show = useToast();
  const [key] = useState(newIdempotencyKey);
  const [reason, setReason] = useState("");
  const [attempted, setAttempted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const missing = reason.trim() === "";

  async function confirm() {
    setAttempted(true);
    if (missing || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await voidAllotment({ id, idempotencyKey: key, body: { version, reason: reason.trim() } });
      show(t("done"));
      onClose();
      router.refresh();
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      busy={busy}
      onClose={onClose}
      title={t("title")}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {common("cancel")}
          </Button>
          <Button variant="danger" busy={busy} onClick={confirm}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          <strong>{what}</strong>
        </p>
        <p>{t("warning")}</p>
        {failure && (
          <Callout tone="danger" live>
            {t("failed", { reason: errors(failure.code) })}
          </Callout>
        )}
        <Field
          label={t("reason")}
          hint={t("reasonHint")}
          required
          error={attempted && missing ? tAdd("required") : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
