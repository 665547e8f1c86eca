"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { voidAllotment } from "@/lib/features/allotments/client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";

type VoidAllotmentProps = {
  id: string;
  version: number;
  /** Organisation, source and amount, so that the right one is voided. */
  description: string;
  /** It was passed down or carried over: the other end goes with it. */
  isTransfer: boolean;
};

export function VoidAllotment(props: VoidAllotmentProps) {
  const { description } = props;
  const t = useTranslations("allotments.void");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        aria-label={`${t("action")} ${description}`}
        onClick={() => setOpen(true)}
      >
        {t("action")}
      </Button>
      {open && <VoidDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function VoidDialog({
  id,
  version,
  description,
  isTransfer,
  onClose,
}: VoidAllotmentProps & { onClose: () => void }) {
  const t = useTranslations("allotments.void");
  const tAdd = useTranslations("allotments.add");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [reason, setReason] = useState("");
  const [attempted, setAttempted] = useState(false);
  const missing = reason.trim() === "";

  async function confirm() {
    setAttempted(true);
    if (missing) return;
    const body = { version, reason: reason.trim() };
    const outcome = await command.run((send) => send(voidAllotment, { id, body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("done"));
    onClose();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("confirm")}
      tone="danger"
      onConfirm={() => void confirm()}
    >
      <p>
        <strong>{description}</strong>
      </p>
      <p>{t(isTransfer ? "warningBoth" : "warning")}</p>
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
    </CommandDialog>
  );
}
