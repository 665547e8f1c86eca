import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { HouseholdsPage } from "@/components/households/households-page";
import { householdsHref } from "@/lib/features/households/address";
import { loadHouseholds } from "@/lib/features/households/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("households");
  return { title: t("title") };
}

export default async function Page({ searchParams }: PageProps<"/households">) {
  const { trail, ...search } = await searchParams;
  const [view, { locale }] = await Promise.all([loadHouseholds(search), loadPreferences()]);
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress names={view.ignored} href={householdsHref({ org: view.root.code })} />
    );
  return (
    <HouseholdsPage
      view={view}
      locale={locale}
      trail={typeof trail === "string" ? trail : undefined}
    />
  );
}
