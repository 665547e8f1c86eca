"use client";

import { useEffect, useState, type ReactNode } from "react";
import { openCopy, type OpenedCopy } from "@/components/working-copies/open-copy";
import type { CopyKind } from "@/lib/kernel/wire";
import type { EntryStart } from "./entry-start";

type Asked = { state: "asking" } | { state: "answered"; opened: OpenedCopy | null };

/** Opens the form with what was typed before: in this browser, or anywhere the server knows of. */
export function CopyGate({
  userId,
  kind,
  copyId,
  recordId,
  children,
}: {
  userId: string;
  kind: CopyKind;
  copyId: string | null;
  recordId: string | null;
  children: (start: Pick<EntryStart, "copy" | "live">) => ReactNode;
}) {
  const [asked, setAsked] = useState<Asked>({ state: "asking" });
  // The address of the form that was opened: it gives itself others while it is typed into.
  const [wanted] = useState({ kind, copyId, subject: recordId });
  const nothing = wanted.copyId === null && wanted.subject === null;
  useEffect(() => {
    if (nothing) return;
    let left = false;
    void openCopy(userId, wanted).then((opened) => {
      if (!left) setAsked({ state: "answered", opened });
    });
    return () => {
      left = true;
    };
  }, [userId, wanted, nothing]);
  // Whoever is quick types into this very form: it must not be replaced by another picture of itself.
  if (nothing) return <>{children({ copy: null, live: true })}</>;
  const opened = asked.state === "answered" ? asked.opened : null;
  return (
    <div
      key={opened ? "restored" : "plain"}
      // Whoever types before the answer is there would type into a form that is about to be replaced.
      inert={asked.state === "asking"}
      aria-busy={asked.state === "asking"}
    >
      {children({ copy: opened?.copy ?? null, live: asked.state === "answered" })}
    </div>
  );
}
