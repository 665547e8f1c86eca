import { useLocale, useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf } from "@/lib/features/reference/present";
import type { RosterView } from "@/lib/features/rosters/types";
import type { Locale } from "@/lib/kernel/preferences";
import { Papers } from "./papers";

export function PapersPage({ view }: { view: RosterView }) {
  const t = useTranslations("papers");
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
        trail={[
          { href: `/disbursements/${record.id}`, label: record.reference },
          { href: `/disbursements/${record.id}/roster`, label: t("roster") },
        ]}
        trailLabel={t("trail")}
      />
      <Papers id={record.id} today={today} />
    </div>
  );
}
