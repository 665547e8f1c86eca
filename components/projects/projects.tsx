import { useTranslations } from "next-intl";
import { AsOf } from "@/components/figures/left-out";
import { placeSource, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import { organisationSource } from "@/components/reference/organisation-source";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { projectsHref } from "@/lib/features/projects/address";
import { PROJECT_STATUSES, type ProjectsView } from "@/lib/features/projects/types";
import { nameOf, placeName } from "@/lib/features/reference/present";
import type { Coded } from "@/lib/features/reference/types";
import { pageSteps } from "@/lib/kernel/search";
import { DeclareProject } from "./declare-project";
import { ProjectList } from "./project-list";

type Part = { view: ProjectsView; show: Presentation };

const coded = (list: readonly Coded[], { locale }: Presentation) =>
  list.map((one) => ({ value: one.code, label: nameOf(one, locale) }));
const inUse = <One extends Coded & { active: boolean }>(list: readonly One[]) =>
  list.filter(({ active }) => active);

function Head({ view, show }: Part) {
  const t = useTranslations("projects");
  const { reference, root, filter, declarable } = view;
  const years = reference.years
    .filter(({ status }) => status === "open")
    .map(({ year }) => ({ value: String(year), label: String(year) }))
    .reverse();
  const [first] = declarable;
  const own = declarable.find(({ code }) => code === root.code) ?? first;
  return (
    <PageHeader
      trail={[
        { href: allotmentsHref({ year: filter.year, org: filter.org }), label: t("toMoney") },
      ]}
      trailLabel={t("trail")}
      title={t("heading", { place: placeName(root, show.locale), year: String(filter.year) })}
      lead={t("lead")}
      actions={
        own &&
        years.length > 0 && (
          <DeclareProject
            year={filter.year}
            organisation={own.code}
            organisations={organisationSource(reference, {
              chosen: own.code,
              locale: show.locale,
              ask: { entering: "true", active: "true" },
              listed: () => coded(declarable, show),
            })}
            years={years}
            fundSources={coded(inUse(reference.fundSources), show)}
            programmes={coded(
              inUse(reference.programmes).filter(({ contributory }) => !contributory),
              show,
            )}
          />
        )
      }
    />
  );
}

function Scope({ view, show }: Part) {
  const t = useTranslations("projects.filter");
  const tStatus = useTranslations("projects.status");
  const { reference, root, filter } = view;
  return (
    <ScopeBar
      path="/projects"
      label={t("label")}
      apply={t("apply")}
      kept={{}}
      fields={[
        {
          name: "year",
          label: t("year"),
          width: "year",
          value: String(filter.year),
          options: yearOptions(reference, filter.year),
        },
        {
          name: "org",
          label: t("org"),
          width: "place",
          value: root.code,
          organisations: placeSource(view, root.code, show.locale),
        },
        {
          name: "fundSource",
          label: t("fundSource"),
          width: "programme",
          value: filter.fundSource ?? "",
          options: coded(reference.fundSources, show),
          placeholder: t("allSources"),
        },
        {
          name: "status",
          label: t("status"),
          width: "axis",
          value: filter.status?.join(",") ?? "",
          options: PROJECT_STATUSES.map((status) => ({ value: status, label: tStatus(status) })),
          placeholder: t("allStatuses"),
        },
      ]}
    />
  );
}

/** 申报 → 批复 → 到位 → 支出: one line each, and every figure of it opens. */
export function Projects({ view, show, trail }: Part & { trail: string | undefined }) {
  const t = useTranslations("projects");
  const { page, filter, cursor } = view;
  const steps = pageSteps({ cursor, trail }, page.nextCursor);
  return (
    <div className="stack">
      <Head view={view} show={show} />
      <Scope view={view} show={show} />
      <ProjectList view={view} show={show} />
      <Pagination
        previousHref={steps.previous && projectsHref(filter, steps.previous)}
        nextHref={steps.next && projectsHref(filter, steps.next)}
      />
      <footer className="quiet">
        <AsOf asOf={page.asOf} />
        <p>{t("howSpent")}</p>
      </footer>
    </div>
  );
}
