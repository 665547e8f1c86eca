"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRefresh } from "@/components/command/use-refresh";
import { useCommand } from "@/components/command/use-command";
import { FailureNote } from "@/components/command/failure-note";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { withdrawDisbursement } from "@/lib/features/steps/client";

/** Takes a submission back where it is listed: nothing is lost by it, so nothing is asked. */
export function WithdrawButton({
  row: { id, version, reference },
}: {
  row: Pick<DisbursementRow, "id" | "version" | "reference">;
}) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels.action");
  const refresh = useRefresh();
  const toast = useToast();
  const command = useCommand();

  async function withdraw() {
    const outcome = await command.run((send) =>
      send(withdrawDisbursement, { id, body: { version } }),
    );
    if (!outcome.ok) return;
    toast(t("done.withdraw", { reference }));
    await refresh();
  }

  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={<Undo2 aria-hidden />}
        busy={command.busy}
        aria-label={t("withdraw.title", { reference })}
        onClick={() => void withdraw()}
      >
        {labels("withdraw")}
      </Button>
      <FailureNote failure={command.failure} />
    </>
  );
}
