"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { FailureNote } from "@/components/command/failure-note";
import { RadioGroup } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FormActions, FormWithAside } from "@/components/form/form-layout";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { SaveState } from "@/components/form/save-state";
import { Select } from "@/components/form/select";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { labelKey } from "@/lib/features/disbursements/labels";
import { shownFindings } from "@/lib/features/findings/present";
import { askedFor } from "@/lib/features/disbursements/workflow";
import type { AdjustReason } from "@/lib/kernel/record-codes";
import { AdjustNotices } from "./adjust-notices";
import { EntryContext, fieldId, landingId } from "./entry-context";
import { EntrySections } from "./entry-sections";
import { FindingsPanel } from "./findings-panel";
import type { AdjustFormProps, Adjustment } from "./use-adjust-text";
import { useAdjustment } from "./use-adjustment";
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

/** 更正: why, how, and what should have stood there. Makes drafts that go through review together. */
export function AdjustForm(props: AdjustFormProps) {
  const t = useTranslations("disbursement.adjust");
  const done = useTranslations("disbursement.done");
  const common = useTranslations("common");
  const field = useTranslations("labels.field");
  const line = useTranslations("entry");
  const labels = useTranslations("labels");
  const router = useRouter();
  const toast = useToast();
  const { record } = props;
  const adjusting = useAdjustment(props);
  const { command, kept, adjustment, change, attempt, problems, fields, send } = adjusting;
  const { check, setFocused } = adjusting;
  const { locale, names } = fields;
  const shown = shownFindings(check?.findings ?? [], { names, label: labels, locale });

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
      <FormWithAside
        aside={
          adjustment.replace && (
            <FindingsPanel record={null} findings={shown} unsaved check={check} />
          )
        }
      >
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={enterMovesOn}
          onFocus={(event) => setFocused(event.target.id)}
          onBlur={() => setFocused(null)}
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
      </FormWithAside>
    </EntryContext>
  );
}
