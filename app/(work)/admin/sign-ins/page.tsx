import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { SignInsPanel } from "@/components/admin/sign-ins-panel";
import { FactorRulesCard } from "@/components/factor-rules/factor-rules-card";
import { loadFactorRules } from "@/lib/features/factor-rules/loaders";
import { loadFailedSignIns } from "@/lib/features/admin/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.signIns")} · ${t("title")}` };
}

export default async function SignInsPage() {
  const items = await loadFailedSignIns();
  const rules = await loadFactorRules();
  return (
    <div className="stack">
      <AdminHead tab="signIns" />
      <FactorRulesCard items={rules.items} />
      <SignInsPanel items={items} />
    </div>
  );
}
