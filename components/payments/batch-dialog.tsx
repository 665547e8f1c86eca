"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox, RadioGroup } from "@/components/form/checkbox";
import { useToast } from "@/components/ui/toast";
import { makeBatch } from "@/lib/features/payments/client";
import type { Payments } from "@/lib/features/payments/types";
import { formatFen } from "@/lib/kernel/money";
import { FaultList } from "./fault-list";

type Props = {
  id: string;
  next: NonNullable<Payments["next"]>;
  onClose: () => void;
  onMade: (payments: Payments) => void;
};

/** What goes into the next payment file; accounts that look mistyped are asked about before it is made. */
export function BatchDialog({ id, next, onClose, onMade }: Props) {
  const t = useTranslations("payments.batch");
  const command = useCommand();
  const toast = useToast();
  const [format, setFormat] = useState<"csv" | "xlsx">("xlsx");
  const [accept, setAccept] = useState(false);
  const doubtful = command.failure?.code === "LINES";

  async function confirm() {
    const body = { format, ...(accept ? { accept } : {}) };
    const outcome = await command.run((send) => send(makeBatch, { id, body }));
    if (!outcome.ok) return;
    toast(t("made", { no: outcome.answer.batches[0]?.no ?? 1 }));
    onMade(outcome.answer);
  }

  return (
    <CommandDialog
      command={command}
      title={t("title")}
      confirm={t("confirm")}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("holds", { lines: next.lines, amount: formatFen(BigInt(next.amountFen)) })}</p>
      {next.withoutAccount > 0 && <p>{t("withoutAccount", { lines: next.withoutAccount })}</p>}
      <p>{t("how")}</p>
      <FaultList failure={command.failure} />
      <RadioGroup
        legend={t("format")}
        name="format"
        value={format}
        onChange={({ target }) => setFormat(target.value === "csv" ? "csv" : "xlsx")}
        options={[
          { value: "xlsx", label: t("xlsx") },
          { value: "csv", label: t("csv") },
        ]}
      />
      {(doubtful || accept) && (
        <Checkbox
          checked={accept}
          onChange={({ target }) => setAccept(target.checked)}
          label={t("accept")}
        />
      )}
    </CommandDialog>
  );
}
