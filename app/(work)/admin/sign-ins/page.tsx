import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { SignInsPanel } from "@/components/admin/sign-ins-panel";
import { loadFailedSignIns } from "@/lib/features/admin/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.signIns")} · ${t("title")}` };
}

export default async function SignInsPage() {
  const items = await loadFailedSignIns();
  return (
    <div className="stack">
      <AdminHead tab="signIns" />
      <SignInsPanel items={items} />
    </div>
  );
}
