import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { Projects } from "@/components/projects/projects";
import { projectsHref } from "@/lib/features/projects/address";
import { loadProjects } from "@/lib/features/projects/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("projects");
  return { title: t("title") };
}

export default async function ProjectsPage({ searchParams }: PageProps<"/projects">) {
  const { trail, ...search } = await searchParams;
  const [view, { locale, unit }] = await Promise.all([loadProjects(search), loadPreferences()]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={projectsHref(view.filter)} />;
  return (
    <Projects
      view={view}
      trail={typeof trail === "string" ? trail : undefined}
      show={{ locale, unit }}
    />
  );
}
