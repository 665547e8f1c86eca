import { getTranslations } from "next-intl/server";
import { HouseholdPage } from "@/components/households/household-page";
import { loadHousehold } from "@/lib/features/households/loaders";

type Props = PageProps<"/households/[id]">;

export async function generateMetadata({ params }: Props) {
  const { code } = await loadHousehold((await params).id);
  const t = await getTranslations("households");
  return { title: t("file.pageTitle", { code }) };
}

export default async function Page({ params }: Props) {
  return <HouseholdPage view={await loadHousehold((await params).id)} />;
}
