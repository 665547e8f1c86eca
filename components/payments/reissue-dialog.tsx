"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { DayField, dayIn } from "@/components/form/day-field";
import { useToast } from "@/components/ui/toast";
import { reissuePayments } from "@/lib/features/payments/client";
import type { Roster } from "@/lib/features/rosters/types";
import { formatFen } from "@/lib/kernel/money";
import { FaultList } from "./fault-list";
import styles from "./payments.module.css";

type Props = { roster: Roster; today: string; onClose: () => void; onPosted: () => void };

/** Which returned lines are paid anew. */
export function ReissueDialog({ roster, today, onClose, onPosted }: Props) {
  const t = useTranslations("payments");
  const command = useCommand();
  const toast = useToast();
  const returned = (roster.lines ?? []).filter(({ payment }) => payment?.state === "returned");
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [day, setDay] = useState(today);
  const chosen = returned.filter(({ no }) => !left.has(no));
  const total = chosen.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n);

  async function confirm() {
    const body = { on: dayIn(day, today), lines: chosen.map(({ no }) => no) };
    const outcome = await command.run((send) => send(reissuePayments, { id: roster.id, body }));
    if (!outcome.ok) return;
    toast(t("reissue.posted", { lines: outcome.answer.posted }));
    onPosted();
  }

  return (
    <CommandDialog
      command={command}
      title={t("reissue.title")}
      confirm={t("reissue.confirm")}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("reissue.how")}</p>
      <FaultList failure={command.failure} />
      <div className={styles.lines} role="group" aria-label={t("reissue.lines")}>
        {returned.map(({ no, name, amountFen, payment }) => (
          <Checkbox
            key={no}
            checked={!left.has(no)}
            onChange={({ target }) => {
              const next = new Set(left);
              if (target.checked) next.delete(no);
              else next.add(no);
              setLeft(next);
            }}
            label={t("reissue.line", {
              no,
              name: name ?? "",
              amount: formatFen(BigInt(amountFen ?? 0)),
              reason: payment?.reason ? t(`reason.${payment.reason}`) : "",
            })}
          />
        ))}
      </div>
      <p role="status">{t("sum", { lines: chosen.length, amount: formatFen(total) })}</p>
      <DayField
        label={t("reissue.on")}
        text={day}
        today={today}
        onText={setDay}
        required
        error={command.errorOf("on")}
      />
    </CommandDialog>
  );
}
