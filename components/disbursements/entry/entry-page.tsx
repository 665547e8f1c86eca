"use client";

import { useLocale, useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Card } from "@/components/ui/card";
import { RecordMarks, StatusBadge } from "@/components/disbursements/status-badge";
import { namesOf } from "@/lib/features/reference/present";
import type { EntryView } from "@/lib/features/disbursements/types";
import type { Reference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { CopyGate } from "./copy-gate";
import { EntryForm } from "./entry-form";
import { emptyEntry, entryLike, entryOf, withProgramme } from "@/lib/features/entry/present";
import { useVisit } from "./use-visit";

const openYears = ({ years }: Reference) =>
  years.filter(({ status }) => status === "open").map(({ year }) => year);

export function EntryPage({ view }: { view: EntryView }) {
  const t = useTranslations("entry");
  const locale = useLocale() as Locale;
  const { userId, reference, organisations, record, like, begun, nils, today } = view;
  const { visit, onAddress } = useVisit(record === null);
  const copyId = useSearchParams().get("copy");
  const asked = organisations.find((code) => code === begun.organisation);
  const home = record?.organisation ?? asked ?? organisations[0] ?? "";
  const programme = reference.programmes.find(
    ({ code, active }) => active && code === begun.programme,
  );
  const values = record
    ? entryOf(record)
    : like
      ? entryLike(like, today)
      : withProgramme(emptyEntry(home), programme, undefined, today);
  return (
    <div className="stack">
      <PageHeader
        title={record ? t("editTitle") : t("title")}
        lead={
          record
            ? t("editLead", { reference: record.reference })
            : t("lead", { organisation: namesOf(reference, locale).organisation(home) })
        }
        actions={!record && <LinkButton href="/entry/grid">{t("many")}</LinkButton>}
        marks={
          record && (
            <>
              <StatusBadge row={record} />
              <RecordMarks row={record} />
            </>
          )
        }
      />
      <Card>
        <CopyGate
          key={visit}
          userId={userId}
          kind="disbursement"
          copyId={copyId}
          recordId={record?.id ?? null}
        >
          {({ copy, live }) => (
            <EntryForm
              userId={userId}
              values={values}
              record={record}
              copy={copy}
              offeredDay={like && !record && values.paidOn !== "" ? values.paidOn : null}
              onAddress={onAddress}
              live={live}
              reference={reference}
              organisations={organisations}
              nils={nils}
              reading={{ today, openYears: openYears(reference) }}
            />
          )}
        </CopyGate>
      </Card>
    </div>
  );
}
