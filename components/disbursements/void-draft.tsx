"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { useToast } from "@/components/ui/toast";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { voidDisbursement } from "@/lib/features/steps/client";

const VoidDialog = later(() => import("./return-and-void").then((part) => part.VoidDialog));

/** 作废: a draft is discarded where it stands, with a reason, as the workflow has it. */
export function VoidDraft({
  record,
  named,
  onVoided,
}: {
  record: Pick<DisbursementRow, "id" | "version" | "reference">;
  /** In a list the buttons stand under one another: what each of them discards. */
  named?: string;
  onVoided: () => void;
}) {
  const t = useTranslations("disbursement.void");
  const done = useTranslations("disbursement.done");
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  const { id, version, reference } = record;
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        aria-label={named === undefined ? undefined : t("draftNamed", { name: named })}
        icon={<Trash2 aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t("draft")}
      </Button>
      {asked && (
        <VoidDialog
          reference={reference}
          command={command}
          onClose={() => setAsked(false)}
          onConfirm={async (given) => {
            const body = { version, reason: given.reason, words: given.words || null };
            const outcome = await command.run((send) => send(voidDisbursement, { id, body }));
            if (!outcome.ok) return;
            setAsked(false);
            toast(done("void", { reference }));
            onVoided();
          }}
        />
      )}
    </>
  );
}
