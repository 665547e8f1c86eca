import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { PacksPage } from "@/components/packs/packs-page";
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
  return <PacksPage view={view} show={{ locale, unit }} />;
}
