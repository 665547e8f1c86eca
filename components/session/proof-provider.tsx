"use client";

import { useTranslations } from "next-intl";
import { useCallback, useRef, useState, type ReactNode } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { ProofContext } from "@/components/command/proof";
import type { Failure } from "@/lib/browser/api-client";
import { ProofFields, showProof } from "./proof-form";

type Waiting = (proven: boolean) => void;

/** Asks for password or code where the server wants one, above whatever is being done, which then goes on. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("account.proof");
  const waiting = useRef<Waiting[]>([]);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setOpen(true);
      }),
    [],
  );

  function settle(proven: boolean) {
    for (const resolve of waiting.current.splice(0)) resolve(proven);
    setFailure(null);
    setOpen(false);
  }

  async function confirm(data: FormData) {
    setBusy(true);
    const refused = await showProof(data);
    setBusy(false);
    if (refused === null) settle(true);
    else setFailure(refused);
  }

  return (
    <ProofContext value={ask}>
      {children}
      {open && (
        <CommandDialog
          command={{ busy, failure: null }}
          title={t("title")}
          confirm={t("go")}
          onClose={() => settle(false)}
          onConfirm={(data) => void confirm(data)}
        >
          <ProofFields failure={failure} />
        </CommandDialog>
      )}
    </ProofContext>
  );
}
