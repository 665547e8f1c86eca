"use client";

import { useEffect, useLayoutEffect, useState, type ReactNode } from "react";
import { LeavingContext } from "@/components/shell/leaving";
import { later } from "@/components/ui/later";
import { setPagePerson } from "@/lib/browser/api-client";
import { announceLeaving, onLeaving } from "@/lib/browser/kept-copy";
import { dropAllSealed } from "@/lib/browser/sealed-copy";
import { endedSession } from "./end-session";
import { dropSettled, pushKept, type Left } from "./leave";

type Step = { at: "here" } | { at: "leaving" } | { at: "asking"; left: Left; failed: boolean };

const LeaveDialog = later(() => import("./leave-dialog").then((part) => part.LeaveDialog));

/**
 * Signing out: first what is typed goes to the server, and where it cannot, the person decides. Nothing is
 * dropped before the session has ended; then every window of this person leaves.
 */
export function LeaveProvider({ userId, children }: { userId: string; children: ReactNode }) {
  // The page is that of whoever opened it, until it is loaded anew.
  const [person] = useState(userId);
  const [step, setStep] = useState<Step>({ at: "here" });
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => setPagePerson(person), [person]);
  useEffect(
    () =>
      onLeaving(person, () => {
        dropAllSealed(person);
        window.location.assign("/sign-in?reason=signed-out");
      }),
    [person],
  );

  async function leave(dropUnsent: boolean) {
    setBusy(true);
    setStep((known) => (known.at === "here" ? { at: "leaving" } : known));
    const left = await pushKept(person);
    const wait = (failed: boolean) => {
      setBusy(false);
      setStep({ at: "asking", left, failed });
    };
    if (left.unsent.length + left.sealed.length > 0 && !dropUnsent) return wait(false);
    try {
      await endedSession();
    } catch {
      return wait(true);
    }
    dropSettled(person, dropUnsent ? [...left.sent, ...left.unsent] : left.sent);
    dropAllSealed(person);
    announceLeaving(person);
    // A whole load, so that nothing of this person stays in the browser's memory.
    window.location.assign("/sign-in?reason=signed-out");
  }

  return (
    <LeavingContext
      value={{ leave: () => !busy && void leave(false), leaving: step.at !== "here" }}
    >
      {children}
      {step.at === "asking" && (
        <LeaveDialog
          left={step.left}
          failed={step.failed}
          busy={busy}
          onRetry={() => void leave(false)}
          onDrop={() => void leave(true)}
          onStay={() => setStep({ at: "here" })}
        />
      )}
    </LeavingContext>
  );
}
