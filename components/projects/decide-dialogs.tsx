"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand, type Command } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { TextArea, TextInput } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { approveProject, closeProject, voidProject } from "@/lib/features/projects/client";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";

export type Decided = {
  id: string;
  version: number;
  /** Name, organisation, year and source, so that it is the right one. */
  description: string;
  /** In yuan; null where the publication did not say. */
  declared: string | null;
  onClose: () => void;
};

/** Sends, says that it is done, and shows what stands now. */
function useStep(done: string, onClose: () => void) {
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  async function send(work: Parameters<Command["run"]>[0]) {
    const outcome = await command.run(work);
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(done);
    onClose();
  }
  return { command, send };
}

/** 批复: the amount and the document; as declared, unless one types another. */
export function ApproveDialog({ id, version, description, declared, onClose }: Decided) {
  const t = useTranslations("projects.approve");
  const { command, send } = useStep(t("done"), onClose);
  const { errorOf } = command;
  const [today] = useState(() => civilDateInChina(new Date()));
  const [attempted, setAttempted] = useState(false);
  const [amount, setAmount] = useState(declared ?? "");
  const [document, setDocument] = useState("");
  const [day, setDay] = useState<string>(today);
  const parsed = parseAmount(amount);
  const fen = parsed.ok && parsed.fen > 0n ? parsed.fen : null;

  function confirm() {
    setAttempted(true);
    const documentNumber = document.trim();
    if (fen === null || documentNumber === "") return;
    const approvedOn = dayIn(day, today) || null;
    const body = { version, approvedFen: fen.toString(), documentNumber, approvedOn };
    void send((write) => write(approveProject, { id, body }));
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("confirm")}
      onConfirm={confirm}
    >
      <p>
        <strong>{description}</strong>
      </p>
      {declared !== null && <p>{t("declared", { amount: declared })}</p>}
      <AmountField
        label={t("amount")}
        required
        error={attempted && fen === null ? t("amountWrong") : errorOf("approvedFen")}
        text={amount}
        fen={fen}
        onText={setAmount}
      />
      <FieldRow>
        <Field
          label={t("document")}
          required
          error={attempted && document.trim() === "" ? t("required") : errorOf("documentNumber")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={100}
              value={document}
              onChange={(event) => setDocument(event.target.value)}
            />
          )}
        </Field>
        <DayField
          label={t("day")}
          optional
          error={errorOf("approvedOn")}
          text={day}
          today={today}
          onText={setDay}
        />
      </FieldRow>
    </CommandDialog>
  );
}

/** 结项: with a word on it, if there is one to say. */
export function CloseDialog({ id, version, description, onClose }: Decided) {
  const t = useTranslations("projects.close");
  const { command, send } = useStep(t("done"), onClose);
  const [note, setNote] = useState("");
  const body = { version, note: note.trim() || null };
  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("confirm")}
      onConfirm={() => void send((write) => write(closeProject, { id, body }))}
    >
      <p>
        <strong>{description}</strong>
      </p>
      <p>{t("words")}</p>
      <Field label={t("note")} optional error={command.errorOf("note")}>
        {(control) => (
          <TextArea
            {...control}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </CommandDialog>
  );
}

export function VoidDialog({ id, version, description, onClose }: Decided) {
  const t = useTranslations("projects.void");
  const { command, send } = useStep(t("done"), onClose);
  const [reason, setReason] = useState("");
  const [attempted, setAttempted] = useState(false);
  const isMissing = reason.trim() === "";

  function confirm() {
    setAttempted(true);
    if (isMissing) return;
    const body = { version, reason: reason.trim() };
    void send((write) => write(voidProject, { id, body }));
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("confirm")}
      tone="danger"
      onConfirm={confirm}
    >
      <p>
        <strong>{description}</strong>
      </p>
      <p>{t("words")}</p>
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        required
        error={attempted && isMissing ? t("required") : command.errorOf("reason")}
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
