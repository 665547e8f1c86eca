import { useLocale, useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf } from "@/lib/features/reference/present";
import type { RightsView } from "@/lib/features/rights/types";
import type { Locale } from "@/lib/kernel/preferences";
import { RightsTable } from "./rights-table";

/** What people asked for, and what is still to be decided: files and lines by their numbers. */
export function RightsPage({ view }: { view: RightsView }) {
  const t = useTranslations("rights");
  const { items, reference, places, asked, today } = view;
  const names = namesOf(reference, useLocale() as Locale);
  const codes = [
    ...items.map(({ organisation }) => organisation),
    ...places.map(({ code }) => code),
  ];
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        trail={[{ href: "/households", label: t("toHouseholds") }]}
        trailLabel={t("trail")}
      />
      <RightsTable
        items={items}
        organisations={Object.fromEntries(codes.map((code) => [code, names.organisation(code)]))}
        places={places.map(({ code }) => code)}
        asked={asked}
        today={today}
      />
    </div>
  );
}
