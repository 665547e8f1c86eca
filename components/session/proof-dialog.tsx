"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import type { Failure } from "@/lib/browser/api-client";
import { ProofFields, showProof } from "./proof-form";

export function ProofDialog({ onSettled }: { onSettled: (proven: boolean) => void }) {
  const t = useTranslations("account.proof");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function confirm(data: FormData) {
    setBusy(true);
    const refused = await showProof(data);
    setBusy(false);
    if (refused === null) onSettled(true);
    else setFailure(refused);
  }

  return (
    <CommandDialog
      command={{ busy, failure: null }}
      title={t("title")}
      confirm={t("go")}
      onClose={() => onSettled(false)}
      onConfirm={(data) => void confirm(data)}
    >
      <p>{t("lead")}</p>
      <ProofFields failure={failure} />
    </CommandDialog>
  );
}
