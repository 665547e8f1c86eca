"use client";

import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useState, type ReactNode } from "react";
import { LeavingContext } from "@/components/shell/leaving";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { setPagePerson } from "@/lib/browser/api-client";
import { announceLeaving, onLeaving } from "@/lib/browser/kept-copy";
import { momentText } from "@/lib/kernel/written";
import { endedSession } from "./end-session";
import { dropSettled, pushKept, type Left } from "./leave";

type Step = { at: "here" } | { at: "leaving" } | { at: "asking"; left: Left; failed: boolean };

function AskDialog({
  left,
  failed,
  busy,
  onRetry,
  onDrop,
  onStay,
}: {
  left: Left;
  failed: boolean;
  busy: boolean;
  onRetry: () => void;
  onDrop: () => void;
  onStay: () => void;
}) {
  const t = useTranslations("shell.leave");
  const unsent = left.unsent.length;
  return (
    <Dialog
      busy={busy}
      onClose={onStay}
      title={unsent > 0 ? t("title", { count: unsent }) : t("failedTitle")}
      actions={
        <>
          <Button onClick={onStay} disabled={busy}>
            {t("stay")}
          </Button>
          {unsent > 0 && (
            <Button variant="danger" onClick={onDrop} disabled={busy}>
              {t("drop")}
            </Button>
          )}
          <Button variant="primary" busy={busy} onClick={onRetry} data-main="">
            {t(unsent > 0 ? "retry" : "again")}
          </Button>
        </>
      }
    >
      {failed && (
        <Callout tone="danger" live>
          {t("failed")}
        </Callout>
      )}
      {unsent > 0 && (
        <>
          <p>{t("what")}</p>
          <ul>
            {left.unsent.map((copy) => (
              <li key={copy.id + copy.writer}>
                {t("line", { title: copy.title, at: momentText(copy.at) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

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
    () => onLeaving(person, () => window.location.assign("/sign-in?reason=signed-out")),
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
    if (left.unsent.length > 0 && !dropUnsent) return wait(false);
    try {
      await endedSession();
    } catch {
      return wait(true);
    }
    dropSettled(person, dropUnsent ? [...left.sent, ...left.unsent] : left.sent);
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
        <AskDialog
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
