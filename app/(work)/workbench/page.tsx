import { getTranslations } from "next-intl/server";
import { WorkbenchPage } from "@/components/workbench/workbench-page";
import { loadWorkbench } from "@/lib/features/workbench/loaders";

export async function generateMetadata() {
  const t = await getTranslations("shell.nav");
  return { title: t("workbench") };
}

export default async function Page() {
  return <WorkbenchPage view={await loadWorkbench()} />;
}
