import { useLocale, useTranslations } from "next-intl";
import { CopyPlus, FileSignature, Users } from "lucide-react";
import { EvidenceCard } from "@/components/attachments/evidence-card";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf } from "@/lib/features/reference/present";
import { openFindings, shownFindings } from "@/lib/features/findings/present";
import type { DisbursementDetail, RecordView } from "@/lib/features/disbursements/types";
import { auditHref } from "@/lib/features/audit/address";
import { hasRole, holdsRole } from "@/lib/kernel/actor";
import type { Locale } from "@/lib/kernel/preferences";
import { Corrections } from "./corrections";
import { FindingsThen } from "./findings-then";
import { History } from "./history";
import { OpenMark } from "./open-mark";
import { PrintButton } from "./print-button";
import { RecordActions } from "./record-actions";
import { RecordMarks, StatusBadge } from "./status-badge";
import { Voucher } from "./voucher";
import { RecordProgress } from "./record-progress";
import styles from "./record-page.module.css";

/** Why there is nothing to press, where a reader may wonder. */
function NothingToDo({ record, actor }: Pick<RecordView, "record" | "actor">) {
  const t = useTranslations("disbursement.whyNot");
  const authors = [record.createdBy.id, record.lastEditedBy.id, record.submittedBy?.id];
  // A clerk waits as a matter of course; only who approves others' records may wonder.
  const waits = record.status === "submitted" && hasRole(actor, ["REVIEWER", "PROVINCE"]);
  if (waits && authors.includes(actor.userId) && !record.actions.includes("approve"))
    return <Callout tone="info">{t("own")}</Callout>;
  if (waits && record.approvalsGiven > 0 && !record.actions.includes("approve"))
    return <Callout tone="info">{t("province")}</Callout>;
  return null;
}

/** Why 上报 cannot be pressed; the button points here. */
function SubmitBlocked({ record }: { record: DisbursementDetail }) {
  const t = useTranslations("disbursement.submit");
  const { hard } = openFindings(record.findings);
  if (!record.actions.includes("submit") || hard.length === 0) return null;
  return (
    <div id="submit-blocked">
      <Callout tone="danger">{t("blocked", { count: hard.length })}</Callout>
    </div>
  );
}

function LastReturn({ record }: { record: DisbursementDetail }) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels.returnReason");
  const step = record.steps.at(-1);
  if (record.status !== "returned" || step?.action !== "return") return null;
  return (
    <Callout tone="warning" title={t("returned", { reason: labels(step.reason ?? "other") })}>
      {step.words}
    </Callout>
  );
}

/** What a person handles is written in yuan, whatever unit the tables are in. */
const IN_HAND = "yuan";

export function RecordPage({ view }: { view: RecordView }) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { record, reference, actor } = view;
  const names = namesOf(reference, locale);
  const programme = reference.programmes.find(({ code }) => code === record.programme);
  const findings = shownFindings(record.findings, { names, label: labels, locale });
  const path = reference.organisations.find(({ code }) => code === record.organisation)?.path;
  const clerk = path !== undefined && holdsRole(actor, ["CLERK"], path);
  return (
    <div className="stack">
      <div className="stack no-print">
        <PageHeader
          title={names.programme(record.programme)}
          lead={t("lead", {
            organisation: names.organisation(record.organisation),
            reference: record.reference,
          })}
          marks={
            <>
              <StatusBadge row={record} />
              <RecordMarks row={record} />
            </>
          }
          actions={
            <>
              {hasRole(actor, ["AUDITOR", "PROVINCE"]) && (
                <LinkButton href={auditHref({ record: record.reference })}>
                  {t("auditEntries")}
                </LinkButton>
              )}
              <RecordActions record={record} findings={findings} />
            </>
          }
        />
        <OpenMark record={record} />
        <SubmitBlocked record={record} />
        <LastReturn record={record} />
        <NothingToDo record={record} actor={actor} />
      </div>
      <div className={styles.columns}>
        <div className="stack">
          <Voucher record={record} names={names} programme={programme} unit={IN_HAND} />
          {record.entryKind !== "reversal" && (
            <div className="no-print">
              <EvidenceCard record={record.id} refreshes />
            </div>
          )}
          {record.adjustments.length > 0 && (
            <Card title={t("corrections.title")}>
              <Corrections record={record} />
            </Card>
          )}
          <div className={styles.more}>
            <PrintButton />
            {record.entryKind !== "reversal" && (
              <LinkButton
                href={`/disbursements/${record.id}/papers`}
                icon={<FileSignature aria-hidden />}
              >
                {t("papers")}
              </LinkButton>
            )}
            {record.entryKind !== "reversal" && (
              <LinkButton href={`/disbursements/${record.id}/roster`} icon={<Users aria-hidden />}>
                {t("roster")}
              </LinkButton>
            )}
            {clerk && record.entryKind === "original" && (
              <LinkButton href={`/entry?like=${record.id}`} icon={<CopyPlus aria-hidden />}>
                {t("another")}
              </LinkButton>
            )}
          </div>
        </div>
        <div className="stack no-print">
          <Card title={t("way")}>
            <RecordProgress record={record} />
          </Card>
          {record.entryKind !== "reversal" && (
            <Card title={t("findings")}>
              <FindingsThen record={record} names={names} />
            </Card>
          )}
          <Card title={t("history.title")}>
            <History record={record} edits={view.edits} names={names} />
          </Card>
        </div>
      </div>
    </div>
  );
}
