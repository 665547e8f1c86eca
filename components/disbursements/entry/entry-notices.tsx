"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, type Dispatch } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { later } from "@/components/ui/later";
import type { KeeperState } from "@/components/working-copies/copy-keeper";
import { KeptNotices } from "@/components/working-copies/kept-notices";
import type { EntryEvent, EntryState } from "./entry-state";
import styles from "./entry-form.module.css";

const StaleNotice = later(() => import("./stale-notice").then((part) => part.StaleNotice));

/** Stands with the buttons: whoever pressed one looks there. */
export function EntryFailure({ state }: { state: EntryState }) {
  // The sign beside the buttons already says that the line is down.
  if (state.failure === null || state.failure === "OFFLINE") return null;
  return (
    <div className={styles.failure}>
      <FailureNote failure={{ code: state.failure, fieldErrors: {} }} />
    </div>
  );
}

/** Everything that happened to the record besides typing, one note each. */
export function EntryNotices({
  state,
  kept,
  dispatch,
}: {
  state: EntryState;
  kept: KeeperState;
  dispatch: Dispatch<EntryEvent>;
}) {
  const t = useTranslations("entry.notice");
  const returned = state.record?.status === "returned" ? state.record.steps.at(-1) : undefined;
  const box = useRef<HTMLDivElement>(null);
  const stale = state.theirs !== null;
  useEffect(() => {
    if (!stale) return;
    box.current?.focus();
    box.current?.scrollIntoView({ block: "start" });
  }, [stale]);
  return (
    <div ref={box} tabIndex={-1} className={styles.notices}>
      {state.restoredAt !== null && (
        <Callout
          tone="info"
          live
          title={t("restoredTitle", { at: state.restoredAt })}
          actions={
            <Button size="small" onClick={() => dispatch({ type: "discarded-draft" })}>
              {state.record ? t("useSaved") : t("startAfresh")}
            </Button>
          }
        >
          {t("restored")}
        </Callout>
      )}
      {returned?.action === "return" && <ReturnedNote step={returned} />}
      {state.theirs !== null && <StaleNotice theirs={state.theirs} dispatch={dispatch} />}
      <KeptNotices kept={kept} kind="disbursement" subject={state.record?.id ?? null} />
      {state.unstored > 0 && (
        <Callout tone="info" live title={t("unstoredTitle", { count: state.unstored })}>
          {t("unstored")}
        </Callout>
      )}
    </div>
  );
}

function ReturnedNote({ step }: { step: NonNullable<EntryState["record"]>["steps"][number] }) {
  const t = useTranslations("entry.notice");
  const labels = useTranslations("labels.returnReason");
  return (
    <Callout tone="warning" title={t("returnedTitle", { reason: labels(step.reason ?? "other") })}>
      {step.words}
    </Callout>
  );
}
