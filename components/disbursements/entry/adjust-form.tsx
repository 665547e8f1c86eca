"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { RadioGroup } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FormActions } from "@/components/form/form-layout";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { SaveState } from "@/components/form/save-state";
import { Select } from "@/components/form/select";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { adjustDisbursement } from "@/lib/features/disbursements/client";
import { labelKey } from "@/lib/features/disbursements/labels";
import { namesOf } from "@/lib/features/reference/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { askedFor } from "@/lib/features/disbursements/workflow";
import type { AdjustReason } from "@/lib/kernel/record-codes";
import type { Reference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { AdjustNotices } from "./adjust-notices";
import { EntryContext, fieldId, landingId, type EntryFields } from "./entry-context";
import { readEntry } from "@/lib/features/entry/rules";
import { EntrySections } from "./entry-sections";
import { entryOf } from "@/lib/features/entry/present";
import { useAdjustText, type AdjustFormProps, type Adjustment } from "./use-adjust-text";
import { enterMovesOn, useShortcuts } from "./keyboard";
import { Section } from "./section";
import styles from "./entry-form.module.css";

function AdjustmentSection({
  adjustment,
  change,
  attempted,
}: {
  adjustment: Adjustment;
  change: (patch: Partial<Adjustment>) => void;
  attempted: boolean;
}) {
  const t = useTranslations("disbursement.adjust");
  const common = useTranslations("common");
  const labels = useTranslations("labels");
  return (
    <Section title={t("why")}>
      <Field
        id={fieldId("reason")}
        label={t("reason")}
        required
        width="half"
        error={attempted && adjustment.reason === "" ? t("chooseReason") : undefined}
      >
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={askedFor("adjust").reasons.map((code) => ({
              value: code,
              label: labels(labelKey("adjustReason", code)),
            }))}
            value={adjustment.reason}
            onChange={(event) => change({ reason: event.target.value as AdjustReason | "" })}
          />
        )}
      </Field>
      <Field
        id={fieldId("words")}
        label={t("words")}
        hint={t("wordsHint")}
        required
        error={attempted && adjustment.words.trim() === "" ? t("needWords") : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={500}
            value={adjustment.words}
            onChange={(event) => change({ words: event.target.value })}
          />
        )}
      </Field>
      <RadioGroup
        legend={t("how")}
        name="how"
        value={adjustment.replace ? "replace" : "reverse"}
        options={[
          { value: "replace", label: t("replace"), hint: t("replaceHint") },
          { value: "reverse", label: t("reverseOnly"), hint: t("reverseOnlyHint") },
        ]}
        onChange={(event) => change({ replace: event.target.value === "replace" })}
      />
    </Section>
  );
}

const isClosed = ({ years }: Reference, year: number) =>
  years.some((one) => one.year === year && one.status === "closed");

/** What the summary lists: the reason, then what cannot be read or was refused, by path. */
function useAdjustment(props: AdjustFormProps) {
  const { record, reference, today } = props;
  const t = useTranslations("disbursement.adjust");
  const say = useTranslations("errors.field");
  const locale = useLocale() as Locale;
  const command = useCommand();
  const kept = useAdjustText(props, command.busy);
  const { setText } = kept;
  const { values, adjustment } = kept.text;
  const [attempt, setAttempt] = useState(0);
  // What a closed year cannot take is posted on the day of the correction.
  const reading = readEntry(values, { today, openYears: null });
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);

  const problems: Record<string, string> = {};
  for (const [path, said] of Object.entries(command.failure?.fieldErrors ?? {}))
    problems[path.replace("replacement.", "")] = said.join(" ");
  if (adjustment.reason === "") problems.reason = t("chooseReason");
  if (adjustment.words.trim() === "") problems.words = t("needWords");
  if (adjustment.replace) {
    for (const [path, [problem]] of Object.entries(reading.problems))
      if (problem) problems[path] = say(problem.key, problem.values);
    if (JSON.stringify(values) === JSON.stringify(entryOf(record))) problems.body = t("unchanged");
  }
  const fields: EntryFields = {
    values,
    change: (patch) => setText((known) => ({ ...known, values: { ...known.values, ...patch } })),
    reading,
    errorOf: (path) => (attempt > 0 ? problems[path] : undefined),
    reference,
    names,
    programme: reference.programmes.find(({ code }) => code === values.programme),
    locale,
    today,
    postsOn: isClosed(reference, record.fiscalYear) ? today : null,
    offeredDay: false,
    checked: null,
    organisations: [record.organisation],
    elsewhere: false,
  };

  async function send(): Promise<DisbursementDetail | null> {
    setAttempt((count) => count + 1);
    const open = Object.keys(problems).filter((path) => !command.failure?.fieldErrors[path]);
    if (open.length > 0 || adjustment.reason === "") return null;
    const { organisation: _organisation, ...replacement } = reading.input;
    const body = {
      version: record.version,
      reason: adjustment.reason,
      words: adjustment.words.trim(),
      replacement: adjustment.replace ? replacement : null,
    };
    const again = command.failure !== null;
    const outcome = await command.run(async (send) => {
      const ends = await kept.ends();
      return send(adjustDisbursement, { id: record.id, body: { ...body, ...ends } });
    });
    if (!outcome.ok) return null;
    await kept.ended(again);
    return outcome.answer;
  }

  const change = (patch: Partial<Adjustment>) =>
    setText((known) => ({ ...known, adjustment: { ...known.adjustment, ...patch } }));
  return { command, kept, adjustment, change, attempt, problems, fields, send };
}

/** 更正: why, how, and what should have stood there. Makes drafts that go through review together. */
export function AdjustForm(props: AdjustFormProps) {
  const t = useTranslations("disbursement.adjust");
  const done = useTranslations("disbursement.done");
  const common = useTranslations("common");
  const field = useTranslations("labels.field");
  const line = useTranslations("entry");
  const router = useRouter();
  const toast = useToast();
  const { record } = props;
  const { command, kept, adjustment, change, attempt, problems, fields, send } =
    useAdjustment(props);

  async function submit() {
    const original = await send();
    const made = original?.adjustments.at(-1);
    if (!made) return;
    toast(done("adjust", { reference: record.reference }));
    router.push(`/disbursements/${made.replacementId ?? made.reversalId}` as Route);
  }
  const verbs = { save: () => void submit(), submit: () => void submit() };
  useShortcuts(verbs);
  const errors = Object.entries(problems).map(([path, message]) => ({
    fieldId: landingId(path),
    message: line("fieldError", { field: field(path.split(".")[0] ?? path), message }),
  }));

  return (
    <EntryContext value={fields}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={enterMovesOn}
      >
        <AdjustNotices record={record} kept={kept} postsOn={fields.postsOn} />
        <FormErrorSummary attempt={attempt} errors={attempt === 0 ? [] : errors} />
        <FailureNote failure={command.failure} />
        <AdjustmentSection adjustment={adjustment} change={change} attempted={attempt > 0} />
        {adjustment.replace && <EntrySections />}
        <FormActions>
          <Button variant="primary" busy={command.busy} onClick={verbs.submit} data-enter-last="">
            {t("submit")}
          </Button>
          <LinkButton href={`/disbursements/${record.id}`}>{common("cancel")}</LinkButton>
          {kept.status && <SaveState status={kept.status} />}
        </FormActions>
      </form>
    </EntryContext>
  );
}
