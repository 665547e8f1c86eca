import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewHousehold } from "@/components/households/new-household";
import { PageHeader } from "@/components/ui/page-header";
import { loadNewHousehold } from "@/lib/features/households/loaders";
import { nameOf } from "@/lib/features/reference/present";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("households");
  return { title: t("form.newTitle") };
}

export default async function Page() {
  const [{ places, today }, { locale }] = await Promise.all([
    loadNewHousehold(),
    loadPreferences(),
  ]);
  const t = await getTranslations("households");
  return (
    <div className="stack">
      <PageHeader
        title={t("form.newTitle")}
        lead={t("form.newLead")}
        trail={[{ href: "/households", label: t("toList") }]}
        trailLabel={t("trail")}
      />
      <NewHousehold
        today={today}
        organisations={places.map((one) => ({ value: one.code, label: nameOf(one, locale) }))}
      />
    </div>
  );
}
