"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { carryOverAllotment } from "@/lib/features/allotments/client";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Given } from "./pass-down-dialog";

/** 结转: what was not spent, into the next year. */
export function CarryOverDialog({ id, description, leftFen, year, onClose }: Given) {
  const t = useTranslations("allotments.carryOver");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [attempted, setAttempted] = useState(false);
  const [amount, setAmount] = useState("");
  const [document, setDocument] = useState("");
  const parsed = parseAmount(amount);
  const fen = parsed.ok && parsed.fen > 0n ? parsed.fen : null;
  const years = { from: String(year), to: String(year + 1) };

  async function confirm() {
    setAttempted(true);
    if (fen === null) return;
    const body = { amountFen: fen.toString(), documentNumber: document.trim() || null };
    const outcome = await command.run((send) => send(carryOverAllotment, { id, body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("done", { ...years, amount: formatFen(fen) }));
    onClose();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title", years)}
      confirm={t("confirm")}
      onConfirm={() => void confirm()}
    >
      <p>
        <strong>{description}</strong>
      </p>
      <p>{t("words", years)}</p>
      <AmountField
        label={t("amount")}
        hint={t("amountHint", { left: formatFen(BigInt(leftFen)) })}
        required
        error={attempted && fen === null ? t("amountWrong") : errorOf("amountFen")}
        text={amount}
        fen={fen}
        onText={setAmount}
      />
      <Field label={t("document")} optional error={errorOf("documentNumber")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={100}
            value={document}
            onChange={(event) => setDocument(event.target.value)}
          />
        )}
      </Field>
    </CommandDialog>
  );
}
