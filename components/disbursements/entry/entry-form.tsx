"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useMemo } from "react";
import { FormActions, FormWithAside } from "@/components/form/form-layout";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { SaveState } from "@/components/form/save-state";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { AnswersDialog } from "@/components/disbursements/answers-dialog";
import { namesOf } from "@/lib/features/reference/present";
import { shownFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { EntryContext, fieldId, landingId, type EntryFields } from "./entry-context";
import { EntryFailure, EntryNotices } from "./entry-notices";
import { entryProblems } from "./entry-problems";
import { EntrySections } from "./entry-sections";
import { FindingsPanel } from "./findings-panel";
import { enterMovesOn, useShortcuts } from "./keyboard";
import { saveStatus } from "./save-status";
import { useEntry, type EntryStart } from "./use-entry";
import styles from "./entry-form.module.css";

export type EntryFormProps = EntryStart & {
  reference: PageReference;
  organisations: readonly string[];
};

export function EntryForm({ reference, organisations, ...start }: EntryFormProps) {
  const t = useTranslations("entry");
  const errors = useTranslations("errors");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const router = useRouter();
  const toast = useToast();
  const { today } = start.reading;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const { state, dispatch, reading, unsaved, asked, setAsked, command, save, submit } = useEntry(
    start,
    (record) => {
      toast(t("submitted", { reference: record.reference }));
      router.push(`/disbursements/${record.id}` as Route);
    },
  );
  const blank = start.values.programme === "" && start.draft === null;
  useEffect(() => {
    if (blank) document.getElementById(fieldId("programme"))?.focus();
  }, [blank]);
  const problems = entryProblems(state, reading, (key, values) => errors(`field.${key}`, values));
  const shown = (findings: readonly Finding[]) =>
    shownFindings(findings, { names, label: labels, locale });
  const fieldName = (path: string) => labels(`field.${path.split(".")[0] ?? path}`);
  const fields: EntryFields = {
    values: state.values,
    change: (patch) => dispatch({ type: "typed", patch }),
    reading,
    errorOf: (path) => problems[path],
    reference,
    names,
    programme: reference.programmes.find(({ code }) => code === state.values.programme),
    locale,
    today,
    offeredDay: state.offeredDay !== null && state.values.paidOn === state.offeredDay,
    organisations: state.record ? [state.record.organisation] : organisations,
    elsewhere: state.record === null && !reference.listed,
  };
  const verbs = { save: () => void save(), submit: () => void submit() };
  useShortcuts(verbs);
  const status = saveStatus(state, unsaved);

  return (
    <EntryContext value={fields}>
      <FormWithAside
        aside={
          <FindingsPanel
            record={state.record}
            findings={shown(state.record?.findings ?? [])}
            unsaved={unsaved}
          />
        }
      >
        <form
          className={styles.form}
          noValidate
          aria-label={t("title")}
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={enterMovesOn}
          onFocus={(event) => dispatch({ type: "focused", id: event.target.id })}
          onBlur={() => dispatch({ type: "focused", id: null })}
        >
          <EntryNotices state={state} dispatch={dispatch} />
          <FormErrorSummary
            attempt={state.refusals}
            errors={
              state.refusals === 0
                ? []
                : Object.entries(problems).map(([path, message]) => ({
                    fieldId: landingId(path),
                    message: t("fieldError", { field: fieldName(path), message }),
                  }))
            }
          />
          <EntrySections />
          <FormActions>
            <EntryFailure state={state} />
            <Button
              variant="primary"
              busy={state.phase === "submitting"}
              disabled={state.phase === "saving"}
              onClick={verbs.submit}
              data-enter-last=""
              aria-keyshortcuts="Control+Shift+Enter"
            >
              {t(state.phase === "submitting" ? "submitting" : "submit")}
            </Button>
            <Button
              busy={state.phase === "saving"}
              disabled={state.phase === "submitting"}
              onClick={verbs.save}
              aria-keyshortcuts="Control+Enter"
            >
              {t("saveDraft")}
            </Button>
            {status && <SaveState status={status} />}
            <span className={styles.keys}>{t("keys")}</span>
          </FormActions>
        </form>
      </FormWithAside>
      {asked.length > 0 && (
        <AnswersDialog
          findings={shown(asked)}
          command={command}
          onClose={() => setAsked([])}
          onAnswered={(answers) => void submit(answers)}
        />
      )}
    </EntryContext>
  );
}
