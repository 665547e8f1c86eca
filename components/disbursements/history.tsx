import { useLocale, useTranslations } from "next-intl";
import { Timeline, type TimelineEntry } from "@/components/ui/timeline";
import { STEP_TONE, labelKey, stepReasonKey } from "@/lib/features/disbursements/labels";
import { momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { DisbursementWhole, Edit, StepView } from "@/lib/features/disbursements/types";
import type { Locale } from "@/lib/kernel/preferences";
import { ChangedFields } from "./changed-fields";

/** The words said with a step, and what a submission changed. */
function StepDetail({
  step,
  record,
  names,
}: {
  step: StepView;
  record: DisbursementWhole;
  names: Names;
}) {
  const t = useTranslations("disbursement.history");
  const submitted = step.action === "submit";
  const round = submitted ? record.rounds.find((one) => one.round === step.round) : undefined;
  return (
    <>
      {step.words && <p>{submitted ? t("reply", { words: step.words }) : step.words}</p>}
      {round && <ChangedFields changes={round.changes} names={names} />}
    </>
  );
}

/** What happened to the record, newest first: steps with their reasons, and every change in between. */
export function History({
  record,
  names,
  edits = [],
}: {
  record: DisbursementWhole;
  names: Names;
  edits?: readonly Edit[];
}) {
  const t = useTranslations("disbursement.history");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;

  const steps = record.steps.map((step, index): TimelineEntry & { sort: string } => {
    const reason = stepReasonKey(step);
    const action = labels(labelKey("stepAction", step.action));
    return {
      key: `step-${index}`,
      sort: `${step.at}-2`,
      tone: STEP_TONE[step.action],
      title: reason ? t("withReason", { action, reason: labels(reason) }) : action,
      by: nameOf(step.actor, locale),
      at: momentText(step.at),
      detail: <StepDetail step={step} record={record} names={names} />,
    };
  });
  const created = {
    key: "created",
    sort: `${record.createdAt}-1`,
    title: t("created"),
    by: nameOf(record.createdBy, locale),
    at: momentText(record.createdAt),
  };
  const changed = edits.map((edit) => ({
    key: `edit-${edit.id}`,
    sort: `${edit.at}-1`,
    title: t("edited"),
    by: edit.actor ? nameOf(edit.actor, locale) : undefined,
    at: momentText(edit.at),
  }));
  const entries = [...steps, ...changed, created].sort((a, b) => (a.sort < b.sort ? 1 : -1));
  return <Timeline entries={entries} />;
}
