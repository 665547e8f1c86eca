import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { ExpectationsPanel } from "@/components/calendar/expectations-panel";
import { loadExpectations } from "@/lib/features/calendar/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.calendar")} · ${t("title")}` };
}

export default async function AdminCalendarPage() {
  const { expectations, reference } = await loadExpectations();
  const t = await getTranslations("admin.calendar");
  return (
    <div className="stack">
      <AdminHead tab="calendar" />
      <p className="quiet">{t("lead")}</p>
      <ExpectationsPanel expectations={expectations} reference={reference} />
    </div>
  );
}
