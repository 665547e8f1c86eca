import { useLocale, useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf } from "@/lib/features/reference/present";
import type { RosterView } from "@/lib/features/rosters/types";
import type { Locale } from "@/lib/kernel/preferences";
import { RosterSheet } from "./roster-sheet";

export function RosterPage({ view }: { view: RosterView }) {
  const t = useTranslations("rosters");
  const { record, reference, today } = view;
  const names = namesOf(reference, useLocale() as Locale);
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead", {
          organisation: names.organisation(record.organisation),
          programme: names.programme(record.programme),
          reference: record.reference,
        })}
        trail={[{ href: `/disbursements/${record.id}`, label: record.reference }]}
        trailLabel={t("trail")}
      />
      <RosterSheet id={record.id} today={today} />
    </div>
  );
}
