import { useLocale, useTranslations } from "next-intl";
import { Timeline, type TimelineEntry } from "@/components/ui/timeline";
import { STEP_TONE, labelKey, stepReasonKey } from "@/lib/features/disbursements/labels";
import { momentText, nameOf } from "@/lib/features/disbursements/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Locale } from "@/lib/kernel/preferences";

/** What happened to the record, newest first: steps with their reasons, and every change in between. */
export function History({ record }: { record: DisbursementDetail }) {
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
      detail: step.words ?? undefined,
    };
  });
  const created = {
    key: "created",
    sort: `${record.createdAt}-1`,
    title: t("created"),
    by: nameOf(record.createdBy, locale),
    at: momentText(record.createdAt),
  };
  const entries = [...steps, created].sort((a, b) => (a.sort < b.sort ? 1 : -1));
  return <Timeline entries={entries} />;
}
