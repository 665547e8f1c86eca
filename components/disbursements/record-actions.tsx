"use client";

import { Check, CornerUpLeft, PencilLine, Replace, Send, Undo2, XCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import type { SendWrite } from "@/components/command/intents";
import { useRefresh } from "@/components/command/use-refresh";
import { useCommand, type Command } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { openFindings, type ShownFinding } from "@/lib/features/findings/present";
import { returnOf } from "@/lib/features/disbursements/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { standingAfter, stepFrom } from "@/lib/features/disbursements/workflow";
import type { Action } from "@/lib/kernel/record-codes";
import {
  approveDisbursement,
  returnDisbursement,
  submitDisbursement,
  voidDisbursement,
  withdrawDisbursement,
} from "@/lib/features/steps/client";
import { AnswersDialog, type SaidOnSubmit } from "./answers-dialog";
import { ReturnDialog, VoidDialog } from "./return-and-void";
import styles from "./record-actions.module.css";

const SIGN = {
  edit: PencilLine,
  submit: Send,
  withdraw: Undo2,
  approve: Check,
  return: CornerUpLeft,
  void: XCircle,
  adjust: Replace,
} as const;

type Verb = "submit" | "withdraw" | "approve" | "return" | "void";

/** What is asked for most stands last, at the right. */
const ORDER: readonly Action[] = [
  "void",
  "withdraw",
  "adjust",
  "return",
  "edit",
  "submit",
  "approve",
];

function addressOf(action: Action, id: string): string | null {
  if (action === "edit") return `/entry/${id}`;
  return action === "adjust" ? `/disbursements/${id}/adjust` : null;
}

/** Does the step wait until the findings are settled? */
const settles = (action: Action, { status }: DisbursementDetail) =>
  stepFrom(action, status)?.findings === "settled";

type Ask = (verb: Verb, work: (send: SendWrite) => Promise<unknown>) => Promise<void>;

type DialogsProps = {
  asking: Action;
  record: DisbursementDetail;
  findings: readonly ShownFinding[];
  command: Command;
  onClose: () => void;
  ask: Ask;
};

function Dialogs({ asking, record, findings, command, onClose, ask }: DialogsProps) {
  const t = useTranslations("disbursement");
  const { id, version, reference } = record;
  const frame = { command, onClose };
  const { unanswered } = openFindings(findings);
  const submit = (said: SaidOnSubmit) =>
    void ask("submit", (send) => send(submitDisbursement, { id, body: { version, ...said } }));
  const returned = returnOf(record);
  if (asking === "return")
    return (
      <ReturnDialog
        {...frame}
        reference={reference}
        onConfirm={(given) =>
          void ask("return", (send) =>
            send(returnDisbursement, { id, body: { version, ...given } }),
          )
        }
      />
    );
  if (asking === "void")
    return (
      <VoidDialog
        {...frame}
        reference={reference}
        onConfirm={(given) =>
          void ask("void", (send) => send(voidDisbursement, { id, body: { version, ...given } }))
        }
      />
    );
  if (asking === "withdraw")
    return (
      <CommandDialog
        {...frame}
        title={t("withdraw.title", { reference })}
        confirm={t("withdraw.confirm")}
        onConfirm={() =>
          void ask("withdraw", (send) => send(withdrawDisbursement, { id, body: { version } }))
        }
      >
        {t("withdraw.what")}
      </CommandDialog>
    );
  if (settles(asking, record) && (unanswered.length > 0 || returned))
    return (
      <AnswersDialog {...frame} findings={unanswered} returned={returned} onAnswered={submit} />
    );
  if (asking === "submit")
    return (
      <CommandDialog
        {...frame}
        title={t("submit.title", { reference })}
        confirm={t("submit.confirm")}
        onConfirm={() => submit({ answers: [] })}
      >
        {t("submit.what")}
      </CommandDialog>
    );
  const step = stepFrom("approve", record.status);
  const isLast = step && standingAfter(step, record).status === step.to;
  return (
    <CommandDialog
      {...frame}
      title={t("approve.title", { reference })}
      confirm={t("approve.confirm")}
      onConfirm={() =>
        void ask("approve", (send) => send(approveDisbursement, { id, body: { version } }))
      }
    >
      {t(isLast ? "approve.what" : "approve.first")}
    </CommandDialog>
  );
}

/** Exactly what the reader may do now; the server decided it and decides again. */
export function RecordActions({
  record,
  findings,
}: {
  record: DisbursementDetail;
  findings: readonly ShownFinding[];
}) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels");
  const refresh = useRefresh();
  const toast = useToast();
  const command = useCommand();
  const [asking, setAsking] = useState<Action | null>(null);
  const { hard } = openFindings(record.findings);
  const blocked = (action: Action) => hard.length > 0 && settles(action, record);
  const shown = ORDER.filter((action) => record.actions.includes(action));

  const ask: Ask = async (verb, work) => {
    const outcome = await command.run(work);
    if (outcome.ok) {
      setAsking(null);
      toast(t(`done.${verb}`, { reference: record.reference }));
    }
    // A refusal means that the page shows an older state; the dialog keeps what was typed. Without
    // an answer there is nothing newer to show, and offline the page itself would be lost.
    if (outcome.ok || outcome.decided) await refresh();
  };

  if (shown.length === 0) return null;
  const offered = shown.filter((action) => !blocked(action));
  const main = offered.filter((action) => action !== "void" && action !== "adjust").at(-1);
  return (
    <div className={styles.actions}>
      {shown.map((action) => {
        const Sign = SIGN[action];
        const variant = action === main ? "primary" : "secondary";
        const label = labels(stepFrom(action, record.status)?.label ?? `action.${action}`);
        const href = addressOf(action, record.id);
        if (href !== null)
          return (
            <LinkButton key={action} href={href} variant={variant} icon={<Sign aria-hidden />}>
              {label}
            </LinkButton>
          );
        return (
          <Button
            key={action}
            variant={variant}
            icon={<Sign aria-hidden />}
            disabled={blocked(action)}
            aria-describedby={blocked(action) ? "submit-blocked" : undefined}
            onClick={() => {
              command.clear();
              setAsking(action);
            }}
          >
            {label}
          </Button>
        );
      })}
      {asking !== null && (
        <Dialogs
          asking={asking}
          record={record}
          findings={findings}
          command={command}
          onClose={() => setAsking(null)}
          ask={ask}
        />
      )}
    </div>
  );
}
