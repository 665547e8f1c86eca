import { Card } from "@/components/ui/card";
import { balanceCard } from "@/lib/features/dashboard/present";
import { CardFigures } from "@/components/figures/dashboard/card-table";
import { useFigureWords } from "@/components/figures/use-figure-words";
import { AsOf, BalanceLeftOut } from "@/components/figures/left-out";
import { placeSource, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { money, type Presentation } from "@/components/figures/presentation";
import { organisationSource } from "@/components/reference/organisation-source";
import { Chip, ChipRow } from "@/components/ui/chip";
import { LinkButton } from "@/components/ui/link-button";
import { projectsHref } from "@/lib/features/projects/address";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { allotmentsHref } from "@/lib/features/allotments/address";
import type { AllotmentsView } from "@/lib/features/allotments/types";
import { balanceKnown, permilleText } from "@/lib/features/figures/present";
import { knownText } from "@/lib/kernel/known";
import { explainHref } from "@/lib/features/ledger/address";
import { nameOf, pathTo, placeName } from "@/lib/features/reference/present";
import type { Coded, Organisation } from "@/lib/features/reference/types";
import { pageSteps } from "@/lib/kernel/search";
import { useTranslations } from "next-intl";
import { AddAllotment } from "./add-allotment";
import { AllotmentList } from "./allotment-list";

type AllotmentsProps = {
  view: AllotmentsView;
  show: Presentation;
};

type Page = AllotmentsProps & { trail: string | undefined };

const coded = (list: readonly Coded[], show: Presentation) =>
  list.map((one) => ({ value: one.code, label: nameOf(one, show.locale) }));

function Head({ view, show }: AllotmentsProps) {
  const t = useTranslations("allotments");
  const tDashboard = useTranslations("dashboard");
  const tCommon = useTranslations("common");
  const tLabels = useTranslations("labels");
  const { root, places, filter, own, reference, canAdd } = view;
  const isOwn = own.organisation !== undefined || own.prefecture !== undefined;
  const name = (place: Organisation) =>
    place.kind === "PROVINCE" ? tDashboard("wholeProvince") : placeName(place, show.locale);
  return (
    <PageHeader
      trail={pathTo(places, root.code)
        .slice(0, -1)
        .map((step) => ({
          href: allotmentsHref({ ...filter, org: step.code }),
          label: step.kind === "PROVINCE" ? tLabels("allProvince") : name(step),
        }))}
      trailLabel={tCommon("breadcrumb")}
      title={t("heading", {
        year: String(filter.year),
        place: isOwn
          ? tDashboard("table.own", { place: placeName(root, show.locale) })
          : name(root),
      })}
      lead={t("lead")}
      actions={
        <>
          <LinkButton href={projectsHref({ year: filter.year, org: filter.org })}>
            {t("projects")}
          </LinkButton>
          {canAdd && (
            <AddAllotment
              year={filter.year}
              organisation={root.code}
              organisations={organisationSource(reference, {
                chosen: root.code,
                locale: show.locale,
                ask: { active: "true" },
                listed: () => coded(places, show),
              })}
              years={reference.years
                .filter((one) => one.status === "open")
                .map((one) => ({ value: String(one.year), label: String(one.year) }))
                .reverse()}
              fundSources={coded(
                reference.fundSources.filter((one) => one.active),
                show,
              )}
              programmes={coded(
                reference.programmes.filter((one) => one.active),
                show,
              )}
            />
          )}
        </>
      }
    />
  );
}

function Scope({ view, show }: AllotmentsProps) {
  const t = useTranslations("allotments.filter");
  const { reference, root, filter, fundSource } = view;
  return (
    <ScopeBar
      path="/allotments"
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
          value: fundSource ?? "",
          options: coded(reference.fundSources, show),
          placeholder: t("allSources"),
        },
      ]}
    />
  );
}

function Figures({ view, show }: AllotmentsProps) {
  const t = useTranslations("allotments.figures");
  const unit = useTranslations("common.unit")(show.unit);
  const { balance, page, filter, own, fundSource } = view;
  const { totals } = balance;
  const { received, spent, left } = balanceKnown(totals);
  const isOverdrawn = left.kind === "money" && left.fen < 0n;
  if (fundSource ?? view.project ?? own.organisation ?? own.prefecture)
    return (
      <StatRow label={t("label")}>
        <StatFigure
          label={t("received")}
          value={money(page.totals.receivedFen, show)}
          unit={unit}
          note={t("receivedNote", { count: page.totals.allotments })}
        />
      </StatRow>
    );
  return (
    <StatRow label={t("label")}>
      <StatFigure
        label={t("received")}
        value={knownText(received, show)}
        unit={unit}
        note={t("receivedNote", { count: page.totals.allotments })}
      />
      <StatFigure
        label={t("spent")}
        value={knownText(spent, show)}
        unit={unit}
        href={explainHref(filter)}
        note={t("spentNote")}
      />
      <StatFigure
        label={t("left")}
        value={knownText(left, show)}
        unit={unit}
        tone={isOverdrawn ? "warning" : "normal"}
        note={
          <>
            {t(isOverdrawn ? "overdrawn" : "leftNote")}
            <BalanceLeftOut leftOut={balance.leftOut} />
          </>
        }
      />
      <StatFigure
        label={t("executed")}
        value={permilleText(
          totals.executedPermille === null ? null : BigInt(totals.executedPermille),
        )}
        note={t("executedNote")}
      />
    </StatRow>
  );
}

function BalanceTable({ view, show }: AllotmentsProps) {
  const table = balanceCard(view, useFigureWords(show), "allotments");
  return (
    table && (
      <Card
        id="balance"
        title={table.title}
        note={<BalanceLeftOut leftOut={view.balance.leftOut} />}
        flush
      >
        <CardFigures table={table} show={show} />
      </Card>
    )
  );
}

function OfProject({ project, back }: { project: { name: string }; back: string }) {
  const t = useTranslations("allotments.filter");
  return (
    <ChipRow label={t("label")}>
      <Chip name={t("project")} value={project.name} removeHref={back} />
    </ChipRow>
  );
}

/** Money received, and beside it what became of it. */
export function Allotments({ view, show, trail }: Page) {
  const { page, fundSource, own, filter, project } = view;
  const isNarrow = (fundSource ?? project ?? own.organisation ?? own.prefecture) !== undefined;
  const asked = {
    ...filter,
    ...own,
    fundSource: fundSource === undefined ? undefined : [fundSource],
  };
  const of = project ? { project: project.id } : undefined;
  const steps = pageSteps({ cursor: view.cursor, trail }, page.nextCursor);
  return (
    <div className="stack">
      <Head view={view} show={show} />
      <Scope view={view} show={show} />
      {project && <OfProject project={project} back={allotmentsHref(asked)} />}
      <Figures view={view} show={show} />
      {!isNarrow && view.balance.rows.length > 1 && <BalanceTable view={view} show={show} />}
      <AllotmentList view={view} show={show} />
      <Pagination
        previousHref={steps.previous && allotmentsHref(asked, { ...of, ...steps.previous })}
        nextHref={steps.next && allotmentsHref(asked, { ...of, ...steps.next })}
      />
      <footer className="quiet">
        <AsOf asOf={view.balance.asOf} />
      </footer>
    </div>
  );
}
