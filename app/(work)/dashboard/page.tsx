import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Dashboard } from "@/components/figures/dashboard/dashboard";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { dashboardHref } from "@/lib/features/figures/address";
import type { SearchParams } from "@/lib/kernel/search";
import { loadDashboard } from "@/lib/features/dashboard/loaders";
import { loadPageViews } from "@/lib/features/frozen/loaders";
import { loadPreferences, loadTurnedCards } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("dashboard");
  return { title: t("title") };
}

export default async function DashboardPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const asked = await searchParams;
  const { view: _view, frozen: _frozen, ...search } = asked;
  const [view, saved, { locale, unit }, turned] = await Promise.all([
    loadDashboard(search),
    loadPageViews("dashboard", asked),
    loadPreferences(),
    loadTurnedCards(),
  ]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={dashboardHref(view.filter)} />;
  return <Dashboard view={view} show={{ locale, unit }} turned={turned} saved={saved} />;
}
