import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { EvidencePacks } from "@/components/evidence-packs/evidence-packs";
import { PacksPage } from "@/components/packs/packs-page";
import { loadEvidencePacks } from "@/lib/features/evidence-packs/loaders";
import { packsHref } from "@/lib/features/packs/address";
import { loadPacks } from "@/lib/features/packs/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("packs");
  return { title: t("name") };
}

export default async function Packs({ searchParams }: PageProps<"/packs">) {
  const [view, { locale, unit }] = await Promise.all([
    loadPacks(await searchParams),
    loadPreferences(),
  ]);
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress
        names={view.ignored}
        href={packsHref({ year: view.year, org: view.root.code })}
      />
    );
  const evidence = await loadEvidencePacks(view.year, view.root.code);
  return (
    <PacksPage view={view} show={{ locale, unit }}>
      {evidence && <EvidencePacks view={evidence} locale={locale} />}
    </PacksPage>
  );
}
