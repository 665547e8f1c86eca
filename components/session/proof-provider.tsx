"use client";

import { useCallback, useRef, useState, type ReactNode } from "react";
import { ProofContext } from "@/components/command/proof";
import type { ProofDialog } from "./proof-dialog";

type Waiting = (proven: boolean) => void;

/**
 * Asks for password or code where the server wants one, above whatever is being done, which then goes on. What it asks
 * with is loaded when it is needed: this stands on every page. Where it cannot be loaded nothing is proven, and the
 * command says so.
 */
export function ProofProvider({ children }: { children: ReactNode }) {
  const waiting = useRef<Waiting[]>([]);
  const [Dialog, setDialog] = useState<typeof ProofDialog | null>(null);

  const settle = useCallback((proven: boolean) => {
    for (const resolve of waiting.current.splice(0)) resolve(proven);
    setDialog(null);
  }, []);

  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        import("./proof-dialog").then(
          (loaded) => setDialog(() => loaded.ProofDialog),
          () => settle(false),
        );
      }),
    [settle],
  );

  return (
    <ProofContext value={ask}>
      {children}
      {Dialog && <Dialog onSettled={settle} />}
    </ProofContext>
  );
}
