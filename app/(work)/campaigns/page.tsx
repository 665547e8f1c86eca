import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CampaignsReport } from "@/components/campaigns/campaigns-report";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { campaignsHref } from "@/lib/features/campaigns/address";
import { loadCampaignFigures } from "@/lib/features/campaigns/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("campaigns");
  return { title: t("title") };
}

export default async function CampaignsPage({ searchParams }: PageProps<"/campaigns">) {
  const [view, { locale, unit }] = await Promise.all([
    loadCampaignFigures(await searchParams),
    loadPreferences(),
  ]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={campaignsHref(view.filter)} />;
  return <CampaignsReport view={view} show={{ locale, unit }} />;
}
