import { getTranslations } from "next-intl/server";
import { FactorNotice } from "@/components/session/factor-notice";
import { WorkbenchPage } from "@/components/workbench/workbench-page";
import { loadSecondFactor } from "@/lib/features/session/loaders";
import { loadWorkbench } from "@/lib/features/workbench/loaders";

export async function generateMetadata() {
  const t = await getTranslations("shell.nav");
  return { title: t("workbench") };
}

export default async function Page() {
  const [view, factor] = await Promise.all([loadWorkbench(), loadSecondFactor()]);
  return (
    <>
      <FactorNotice view={factor} />
      <WorkbenchPage view={view} />
    </>
  );
}
