import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { PersonalDataPage } from "@/components/retention/personal-data-page";
import { loadPersonalData } from "@/lib/features/retention/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("personalData");
  return { title: t("title") };
}

export default async function Page() {
  return (
    <div className="stack">
      <AdminHead tab="personalData" />
      <PersonalDataPage view={await loadPersonalData()} />
    </div>
  );
}
