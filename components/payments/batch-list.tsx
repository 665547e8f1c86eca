"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { batchFileHref } from "@/lib/features/payments/address";
import { cancelBatch } from "@/lib/features/payments/client";
import type { Payments } from "@/lib/features/payments/types";
import { formatFen } from "@/lib/kernel/money";
import { clockTime } from "@/lib/kernel/written";
import styles from "./payments.module.css";

type Batch = Payments["batches"][number];
type Props = { id: string; payments: Payments; onChanged: (payments: Payments) => void };

const stateOf = ({ cancelledAt, answered }: Batch) =>
  cancelledAt ? "cancelled" : answered ? "answered" : "sent";
const TONES = { cancelled: "neutral", answered: "success", sent: "info" } as const;

function CancelDialog({
  id,
  no,
  onClose,
  onChanged,
}: { no: number; onClose: () => void } & Omit<Props, "payments">) {
  const t = useTranslations("payments.batch");
  const command = useCommand();
  const toast = useToast();
  async function confirm(data: FormData) {
    const body = { reason: String(data.get("reason") ?? "") };
    const outcome = await command.run((send) => send(cancelBatch, { id: `${id}/${no}`, body }));
    if (!outcome.ok) return;
    toast(t("cancelled", { no }));
    onChanged(outcome.answer);
    onClose();
  }
  return (
    <CommandDialog
      command={command}
      title={t("cancelTitle", { no })}
      confirm={t("cancelConfirm")}
      tone="danger"
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      <p>{t("cancelBody")}</p>
      <Field label={t("reason")} required error={command.errorOf("reason")}>
        {(control) => <TextArea {...control} name="reason" maxLength={200} />}
      </Field>
    </CommandDialog>
  );
}

/** The files that were made: what each held, and how often it was taken. */
export function BatchList({ id, payments, onChanged }: Props) {
  const t = useTranslations("payments.batch");
  const [cancelling, setCancelling] = useState<number | null>(null);
  return (
    <>
      <ul className={styles.batches} aria-label={t("list")}>
        {payments.batches.map((batch) => {
          const state = stateOf(batch);
          return (
            <li key={batch.no}>
              <div>
                <span className={styles.batchNo}>{t("no", { no: batch.no })}</span>{" "}
                <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
                <p className={styles.quiet}>
                  {t("said", {
                    lines: batch.lines,
                    amount: formatFen(BigInt(batch.amountFen)),
                    time: clockTime(batch.madeAt),
                    downloads: batch.downloads,
                  })}
                </p>
                {batch.cancelReason && (
                  <p className={styles.quiet}>{t("because", { reason: batch.cancelReason })}</p>
                )}
              </div>
              {payments.mayPost && state !== "cancelled" && (
                <div className={styles.acts}>
                  <a className={styles.file} href={batchFileHref(id, batch.no)}>
                    <Download size={16} aria-hidden />
                    {t("take", { format: batch.format })}
                  </a>
                  {state === "sent" && (
                    <Button size="small" onClick={() => setCancelling(batch.no)}>
                      {t("cancel")}
                    </Button>
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {cancelling !== null && (
        <CancelDialog
          id={id}
          no={cancelling}
          onClose={() => setCancelling(null)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
