"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, type Dispatch } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { openFindings } from "@/lib/features/findings/present";
import type { EntryEvent, EntryState } from "./entry-state";
import { StaleNotice } from "./stale-notice";
import styles from "./entry-form.module.css";

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
  dispatch,
}: {
  state: EntryState;
  dispatch: Dispatch<EntryEvent>;
}) {
  const t = useTranslations("entry.notice");
  const hard = state.record ? openFindings(state.record.findings).hard.length : 0;
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
      {state.refusals > 0 && state.failure === null && hard > 0 && state.phase === "idle" && (
        <Callout tone="danger" live title={t("hardTitle", { count: hard })}>
          {t("hard")}
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
