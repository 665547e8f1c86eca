import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { MapsPanel } from "@/components/export-maps/maps-panel";
import { loadMaps } from "@/lib/features/export-maps/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.maps")} · ${t("title")}` };
}

export default async function MapsPage() {
  const maps = await loadMaps();
  const t = await getTranslations("admin.maps");
  return (
    <div className="stack">
      <AdminHead tab="maps" />
      <p className="quiet">{t("lead")}</p>
      <MapsPanel maps={maps} />
    </div>
  );
}
