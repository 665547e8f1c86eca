"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FileInput } from "@/components/form/file-input";
import { TextArea } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { readTableFile } from "@/lib/browser/table-file";
import { postPayments } from "@/lib/features/payments/client";
import { readReturnTable, type ReturnTable } from "@/lib/features/payments/rules";
import { formatFen } from "@/lib/kernel/money";
import { readTabText } from "@/lib/kernel/tab-text";
import { FaultList } from "./fault-list";

/** What the table says, in counts: no account of it is shown again. */
function Understood({ table }: { table: ReturnTable }) {
  const t = useTranslations("payments.return");
  const of = (result: "paid" | "returned") => table.rows.filter((row) => row.result === result);
  const fenOf = (rows: ReturnTable["rows"]) =>
    formatFen(rows.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n));
  const [paid, returned] = [of("paid"), of("returned")];
  if (!table.headed) return <p role="status">{t("noHeadings")}</p>;
  return (
    <div role="status">
      <p>
        {t("understood", {
          paid: paid.length,
          paidAmount: fenOf(paid),
          returned: returned.length,
          returnedAmount: fenOf(returned),
        })}
      </p>
      {table.unread.length > 0 && (
        <p>
          {t("unread", { rows: table.unread.slice(0, 20).join("、"), count: table.unread.length })}
        </p>
      )}
    </div>
  );
}

type Props = { id: string; today: string; onClose: () => void; onPosted: () => void };

/** A bank's return, pasted or chosen: read here, and sent as rows. */
export function ReturnDialog({ id, today, onClose, onPosted }: Props) {
  const t = useTranslations("payments.return");
  const command = useCommand();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [table, setTable] = useState<ReturnTable | null>(null);
  const [day, setDay] = useState(today);
  const [fault, setFault] = useState<string>();

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    setFile(chosen);
    setText("");
    const cells = await readTableFile(chosen);
    setFault(cells === null ? t("notTable") : undefined);
    setTable(cells && readReturnTable(cells));
  }
  function paste(typed: string) {
    setFile(null);
    setText(typed);
    setFault(undefined);
    setTable(typed.trim() === "" ? null : readReturnTable(readTabText(typed)));
  }
  async function confirm() {
    if (!table || table.rows.length === 0) return setFault(t("nothing"));
    if (table.unread.length > 0) return setFault(t("unreadFirst"));
    const body = { on: dayIn(day, today), rows: table.rows };
    const outcome = await command.run((send) => send(postPayments, { id, body }));
    if (!outcome.ok) return;
    const { posted, already } = outcome.answer;
    toast(t("posted", { posted, already }));
    onPosted();
  }

  return (
    <CommandDialog
      command={command}
      title={t("title")}
      confirm={t("confirm")}
      size="wide"
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("how")}</p>
      <FaultList failure={command.failure} />
      <DayField
        label={t("on")}
        text={day}
        today={today}
        onText={setDay}
        required
        error={command.errorOf("on")}
      />
      <Field label={t("file")} hint={t("fileHint")}>
        {(control) => (
          <FileInput
            {...control}
            file={file}
            pick={(f) => void choose(f)}
            accept=".xlsx,.csv,.txt"
          />
        )}
      </Field>
      <Field label={t("paste")} hint={t("pasteHint")} error={fault}>
        {(control) => (
          <TextArea
            {...control}
            rows={5}
            spellCheck={false}
            value={text}
            onChange={(event) => paste(event.target.value)}
          />
        )}
      </Field>
      {table && <Understood table={table} />}
    </CommandDialog>
  );
}
