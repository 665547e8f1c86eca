import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RightsPage } from "@/components/rights/rights-page";
import { loadRights } from "@/lib/features/rights/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rights");
  return { title: t("title") };
}

export default async function Page({ searchParams }: PageProps<"/rights">) {
  return <RightsPage view={await loadRights(await searchParams)} />;
}
