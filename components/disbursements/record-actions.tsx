"use client";

import { Check, CornerUpLeft, PencilLine, Replace, Send, XCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { openFindings, type ShownFinding } from "@/lib/features/findings/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { standingAfter, stepFrom } from "@/lib/features/disbursements/workflow";
import type { Action } from "@/lib/kernel/record-codes";
import { AnswersDialog } from "./answers-dialog";
import { ConfirmDialog } from "./confirm-dialog";
import { ReturnDialog, VoidDialog } from "./return-and-void";
import { useRecordActions, type Request } from "./use-record-actions";
import styles from "./record-actions.module.css";

const SIGN = {
  edit: PencilLine,
  submit: Send,
  approve: Check,
  return: CornerUpLeft,
  void: XCircle,
  adjust: Replace,
} as const;

/** What is asked for most stands last, at the right. */
const ORDER: readonly Action[] = ["void", "adjust", "return", "edit", "submit", "approve"];

function addressOf(action: Action, id: string): string | null {
  if (action === "edit") return `/entry/${id}`;
  return action === "adjust" ? `/disbursements/${id}/adjust` : null;
}

type DialogsProps = {
  asking: Action;
  record: DisbursementDetail;
  findings: readonly ShownFinding[];
  actions: ReturnType<typeof useRecordActions>;
  onClose: () => void;
  onRequest: (request: Request) => void;
};

function Dialogs({ asking, record, findings, actions, onClose, onRequest }: DialogsProps) {
  const t = useTranslations("disbursement");
  const { busy, failure } = actions;
  const common = { reference: record.reference, busy, failure, onClose };
  const { unanswered } = openFindings(findings);
  if (asking === "return")
    return <ReturnDialog {...common} onConfirm={(body) => onRequest({ verb: "return", body })} />;
  if (asking === "void")
    return <VoidDialog {...common} onConfirm={(body) => onRequest({ verb: "void", body })} />;
  if (asking === "submit" && unanswered.length > 0)
    return (
      <AnswersDialog
        findings={unanswered}
        busy={busy}
        onClose={onClose}
        onAnswered={(answers) => onRequest({ verb: "submit", body: { answers } })}
      />
    );
  const verb = asking === "approve" ? "approve" : "submit";
  const step = stepFrom(asking, record.status);
  const last = step && standingAfter(step, record).status === step.to;
  return (
    <ConfirmDialog
      title={t(`${verb}.title`, { reference: record.reference })}
      confirm={t(`${verb}.confirm`)}
      busy={busy}
      failure={failure}
      onClose={onClose}
      onConfirm={() =>
        onRequest(verb === "approve" ? { verb, body: {} } : { verb, body: { answers: [] } })
      }
    >
      {verb === "approve" && !last ? t("approve.first") : t(`${verb}.what`)}
    </ConfirmDialog>
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
  const router = useRouter();
  const toast = useToast();
  const actions = useRecordActions();
  const [asking, setAsking] = useState<Action | null>(null);
  const hard = openFindings(record.findings).hard.length;
  const shown = ORDER.filter((action) => record.actions.includes(action));

  async function request(wanted: Request) {
    const outcome = await actions.run(record, wanted);
    if (outcome === null) return;
    if (outcome.ok) {
      setAsking(null);
      toast(t(`done.${wanted.verb}`, { reference: record.reference }));
    }
    // A refusal means that the page shows an older state; the dialog keeps what was typed.
    router.refresh();
  }

  if (shown.length === 0) return null;
  const blocked = shown.includes("submit") && hard > 0;
  const offered = shown.filter((action) => !(action === "submit" && blocked));
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
            disabled={action === "submit" && blocked}
            aria-describedby={action === "submit" && blocked ? "submit-blocked" : undefined}
            onClick={() => {
              actions.forget();
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
          actions={actions}
          onClose={() => setAsking(null)}
          onRequest={(wanted) => void request(wanted)}
        />
      )}
    </div>
  );
}
