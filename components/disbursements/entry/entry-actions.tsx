"use client";

import { useTranslations } from "next-intl";
import { VoidDraft } from "@/components/disbursements/void-draft";
import { FormErrorSummary, type FieldError } from "@/components/form/form-error-summary";
import { FormActions } from "@/components/form/form-layout";
import { SaveState, type SaveStatus } from "@/components/form/save-state";
import { Button } from "@/components/ui/button";
import { EntryFailure } from "./entry-notices";
import type { EntryState } from "./entry-state";
import styles from "./entry-form.module.css";

/** The buttons, and beside them what became of pressing one. */
export function EntryActions({
  state,
  verbs,
  refused,
  status,
  onVoided,
}: {
  state: EntryState;
  verbs: { save: () => void; submit: () => void };
  refused: FieldError[];
  status: SaveStatus | null;
  onVoided: () => void;
}) {
  const t = useTranslations("entry");
  const { phase, record } = state;
  return (
    <FormActions>
      <EntryFailure state={state} />
      <FormErrorSummary
        beside
        attempt={state.refusals}
        title={t(state.refusedPhase === "saving" ? "notDraft" : "refused", {
          count: refused.length,
        })}
        errors={refused}
      />
      <Button
        variant="primary"
        busy={phase === "submitting"}
        disabled={phase === "saving"}
        onClick={verbs.submit}
        data-enter-last=""
        aria-keyshortcuts="Control+Shift+Enter"
      >
        {t(phase === "submitting" ? "submitting" : "submit")}
      </Button>
      <Button
        busy={phase === "saving"}
        disabled={phase === "submitting"}
        onClick={verbs.save}
        aria-keyshortcuts="Control+Enter"
      >
        {t("saveDraft")}
      </Button>
      {record?.actions.includes("void") && <VoidDraft record={record} onVoided={onVoided} />}
      {status && <SaveState status={status} />}
      <span className={styles.keys}>{t("keys")}</span>
    </FormActions>
  );
}
