"use client";

import type { Route } from "next";
import { EvidenceCard } from "@/components/attachments/evidence-card";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { FormWithAside } from "@/components/form/form-layout";
import { later } from "@/components/ui/later";
import { useToast } from "@/components/ui/toast";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import { returnOf } from "@/lib/features/disbursements/present";
import { shownFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { EntryActions } from "./entry-actions";
import type { StandingNil } from "@/lib/features/calendar/types";
import { NilHint } from "./nil-hint";
import { EntryContext, fieldId, type EntryFields } from "./entry-context";
import { EntryNotices } from "./entry-notices";
import { entryProblems } from "./entry-problems";
import { EntrySections } from "./entry-sections";
import { FindingsPanel } from "./findings-panel";
import { enterMovesOn, useShortcuts } from "./keyboard";
import { saveStatus } from "./save-status";
import { useCheck } from "./use-check";
import { useRefused } from "./use-refused";
import type { EntryStart } from "./entry-start";
import { useEntry } from "./use-entry";
import styles from "./entry-form.module.css";

export type EntryFormProps = Omit<EntryStart, "titleOf"> & {
  reference: PageReference;
  organisations: readonly string[];
  nils: readonly StandingNil[];
};

const AnswersDialog = later(() =>
  import("@/components/disbursements/answers-dialog").then((part) => part.AnswersDialog),
);

/** 金秋助学 61.58万: how a list calls what has no number yet. */
function useTitleOf(reference: PageReference): EntryStart["titleOf"] {
  const t = useTranslations("entry");
  const locale = useLocale() as Locale;
  return useCallback(
    ({ programme, amount, paidOn }) => {
      const known = reference.programmes.find(({ code }) => code === programme);
      const name = known ? nameOf(known, locale) : t("untitled");
      return [name, paidOn.trim(), amount.trim()].filter((part) => part !== "").join(" · ");
    },
    [reference, locale, t],
  );
}

export function EntryForm({ reference, organisations, nils, ...start }: EntryFormProps) {
  const t = useTranslations("entry");
  const errors = useTranslations("errors");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const router = useRouter();
  const toast = useToast();
  const { today } = start.reading;
  const titleOf = useTitleOf(reference);
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const entry = useEntry({ ...start, titleOf }, (record) => {
    toast(t("submitted", { reference: record.reference }));
    router.push(`/disbursements/${record.id}` as Route);
  });
  const {
    state,
    dispatch,
    reading,
    unsaved,
    kept,
    discard,
    asked,
    setAsked,
    command,
    save,
    submit,
  } = entry;
  const blank = start.values.programme === "" && start.copy === null;
  useEffect(() => {
    const first = document.getElementById(fieldId("programme"));
    // Whoever is at work in a field of it already stays there.
    if (blank && !first?.closest("form")?.contains(document.activeElement)) first?.focus();
  }, [blank]);
  const problems = entryProblems(state, reading, (key, values) => errors(`field.${key}`, values));
  const shown = (found: readonly Finding[]) =>
    shownFindings(found, { names, label: labels, locale });
  const { record, focused } = state;
  const resting = state.phase !== "idle" || state.theirs !== null;
  const check = useCheck(reading.input, { record, reference, today, focused, resting });
  const fields: EntryFields = {
    checked: check?.checked ?? null,
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
    postsOn: null,
    elsewhere: state.record === null && !reference.listed,
  };
  const refused = useRefused({ state, unsaved, problems, shown });
  const leaveVoided = async () => {
    await discard();
    router.push("/workbench");
  };
  const verbs = { save: () => void save(), submit: () => void submit() };
  useShortcuts(verbs);

  return (
    <EntryContext value={fields}>
      <FormWithAside
        aside={
          <div className="stack">
            <FindingsPanel
              record={state.record}
              findings={shown((unsaved ? check?.findings : null) ?? state.record?.findings ?? [])}
              unsaved={unsaved}
              check={unsaved ? check : null}
            />
            {state.record && <EvidenceCard record={state.record.id} />}
          </div>
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
          <EntryNotices state={state} kept={kept} dispatch={dispatch} />
          <NilHint nils={nils} />
          <EntrySections />
          <EntryActions
            state={state}
            verbs={verbs}
            refused={refused}
            status={saveStatus(state, unsaved, kept)}
            onVoided={() => void leaveVoided()}
          />
        </form>
      </FormWithAside>
      {asked && (
        <AnswersDialog
          findings={shown(asked)}
          returned={state.record && returnOf(state.record)}
          command={command}
          onClose={() => setAsked(null)}
          onAnswered={(said) => void submit(said)}
        />
      )}
    </EntryContext>
  );
}
