"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { useRefresh } from "@/components/command/use-refresh";
import { ReasonDialog } from "@/components/disbursements/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { declareNil, withdrawNil } from "@/lib/features/calendar/client";
import {
  NIL_REASONS,
  type ExpectedPeriod,
  type NilDeclaration,
} from "@/lib/features/calendar/types";

type Period = Pick<ExpectedPeriod, "organisation" | "programme" | "periodFrom" | "periodTo">;

/** 零申报 of one period; `named` says which, in a list where the buttons stand under one another. */
export function DeclareNil({ period, named }: { period: Period; named: string }) {
  const t = useTranslations("calendar.nil");
  const labels = useTranslations("labels.nilReason");
  const refresh = useRefresh();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  const { organisation, programme, periodFrom, periodTo } = period;
  return (
    <>
      <Button
        size="small"
        aria-label={t("declareNamed", { name: named })}
        onClick={() => setAsked(true)}
      >
        {t("declare")}
      </Button>
      {asked && (
        <ReasonDialog
          command={command}
          title={t("title", { name: named })}
          reasons={NIL_REASONS.map((value) => ({ value, label: labels(value) }))}
          words="with-other"
          wordsLabel={t("words")}
          wordsHint={t("wordsHint")}
          confirm={t("confirm")}
          onClose={() => setAsked(false)}
          onConfirm={({ reason, words }) =>
            void (async () => {
              const body = { organisation, programme, periodFrom, periodTo, reason, words: words || null }; // prettier-ignore
              const outcome = await command.run((send) => send(declareNil, { body }));
              if (!outcome.ok) return;
              setAsked(false);
              toast(t("done", { name: named }));
              await refresh();
            })()
          }
        >
          {t("what")}
        </ReasonDialog>
      )}
    </>
  );
}

/** Takes a declaration back: nothing is lost by it, so nothing is asked. */
export function WithdrawNil({
  nil,
  named,
}: {
  nil: Pick<NilDeclaration, "id" | "version">;
  named: string;
}) {
  const t = useTranslations("calendar.nil");
  const refresh = useRefresh();
  const toast = useToast();
  const command = useCommand();

  async function withdraw() {
    const { id, version } = nil;
    const outcome = await command.run((send) => send(withdrawNil, { id, body: { version } }));
    if (!outcome.ok) return;
    toast(t("withdrawn", { name: named }));
    await refresh();
  }

  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={<Undo2 aria-hidden />}
        busy={command.busy}
        aria-label={t("withdrawNamed", { name: named })}
        onClick={() => void withdraw()}
      >
        {t("withdraw")}
      </Button>
      <FailureNote failure={command.failure} />
    </>
  );
}
