import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { RulesPanel } from "@/components/catalogue/rules-panel";
import { loadRules } from "@/lib/features/catalogue/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.rules")} · ${t("title")}` };
}

export default async function ApprovalRulesPage() {
  const { rules, reference } = await loadRules();
  const t = await getTranslations("admin.rules");
  return (
    <div className="stack">
      <AdminHead tab="rules" />
      <p className="quiet">{t("lead")}</p>
      <RulesPanel rules={rules} reference={reference} />
    </div>
  );
}
