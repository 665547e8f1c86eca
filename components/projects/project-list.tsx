import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable, type FigureColumn } from "@/components/table/figure-table";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { balanceKnown, permilleText } from "@/lib/features/figures/present";
import type { BalanceSums } from "@/lib/features/figures/types";
import { explainHref } from "@/lib/features/ledger/address";
import { spendingOf } from "@/lib/features/projects/address";
import type { Project, ProjectsView } from "@/lib/features/projects/types";
import { namesOf, type Names } from "@/lib/features/reference/present";
import { knownText } from "@/lib/kernel/known";
import { formatFen } from "@/lib/kernel/money";
import { ProjectActions } from "./project-actions";
import styles from "./projects.module.css";

type Part = { view: ProjectsView; show: Presentation };
type LineProps = { project: Project; names: Names; view: ProjectsView };

const TONE = {
  declared: "warning",
  approved: "success",
  closed: "neutral",
  voided: "danger",
} as const;

function State({ project, names, view }: LineProps) {
  const t = useTranslations("projects");
  const { status, voided, closed, actions, approval } = project;
  const description = t("what", {
    name: project.name,
    organisation: names.organisation(project.organisation),
    fundSource: names.fundSource(project.fundSource),
    year: String(project.fiscalYear),
  });
  const isOpen = view.reference.years.some(
    (one) => one.year === project.fiscalYear && one.status === "open",
  );
  const approvedFen = approval?.amountFen ?? null;
  return (
    <>
      <span className={styles.state}>
        <Badge tone={TONE[status]}>{t(`status.${status}`)}</Badge>
        <ProjectActions
          id={project.id}
          version={project.version}
          description={description}
          organisation={project.organisation}
          year={project.fiscalYear}
          fundSource={project.fundSource}
          declared={project.declaredFen && formatFen(BigInt(project.declaredFen))}
          programmes={view.reference.programmes
            .filter(({ code, active, contributory }) =>
              project.programmes.length > 0
                ? project.programmes.includes(code)
                : active && !contributory,
            )
            .map(({ code }) => ({ value: code, label: names.programme(code) }))}
          actions={actions}
          canReceive={view.canReceive && isOpen && status === "approved"}
        />
      </span>
      {voided && <div className={styles.why}>{t("voidedWhy", { reason: voided.reason })}</div>}
      {closed?.note && <div className={styles.why}>{closed.note}</div>}
      {status === "approved" && exceeds(project.balance.receivedFen, approvedFen) && (
        <div className={styles.why}>{t("moreThanApproved")}</div>
      )}
    </>
  );
}

const exceeds = (fen: string | null, limit: string | null) =>
  fen !== null && limit !== null && BigInt(fen) > BigInt(limit);

/** 到位, 支出 and 结余 as the figures have them; what there is of them opens. */
function balanceCells(balance: BalanceSums, show: Presentation, of?: Project): FigureCell[] {
  const { received, spent, left } = balanceKnown(balance);
  const opened = (known: typeof received, href: string): FigureCell =>
    of === undefined || known.kind === "unknown"
      ? knownText(known, show)
      : { value: knownText(known, show), href };
  const arrived =
    of &&
    allotmentsHref({ year: of.fiscalYear, organisation: of.organisation }, { project: of.id });
  const rate = balance.executedPermille;
  return [
    opened(received, arrived ?? ""),
    opened(spent, of ? explainHref(spendingOf(of)) : ""),
    knownText(left, show),
    permilleText(rate === null ? null : BigInt(rate)),
  ];
}

function useCells({ view, show }: Part): (project: Project) => FigureCell[] {
  const t = useTranslations("projects.list");
  const names = namesOf(view.reference, show.locale);
  const unsaid = <span className="quiet">{t("unsaid")}</span>;
  return (project) => {
    const { declaredFen, approval, programmes, status } = project;
    const struck = status === "voided" ? styles.struck : undefined;
    return [
      <span key="name" className={struck}>
        {project.name}
      </span>,
      <span key="source">
        {names.fundSource(project.fundSource)}
        <div className={styles.why}>
          {programmes.length === 0
            ? t("allProgrammes")
            : programmes.map((code) => names.programme(code)).join(t("separator"))}
        </div>
      </span>,
      declaredFen === null ? (
        unsaid
      ) : (
        <span key="declared" className={struck}>
          {money(declaredFen, show)}
        </span>
      ),
      approval === null ? (
        "—"
      ) : (
        <span key="approved" title={approval.document ?? undefined}>
          {approval.amountFen === null ? unsaid : money(approval.amountFen, show)}
          {approval.document && <div className={styles.why}>{approval.document}</div>}
        </span>
      ),
      ...balanceCells(project.balance, show, project),
      <State key="state" project={project} names={names} view={view} />,
    ];
  };
}

/** A line a project. The sum stands below where all of them are on the page. */
export function ProjectList({ view, show }: Part) {
  const t = useTranslations("projects");
  const unit = useTranslations("common.unit")(show.unit);
  const cells = useCells({ view, show });
  const { page, reference, filter, cursor } = view;
  const names = namesOf(reference, show.locale);
  if (page.items.length === 0)
    return (
      <Card title={t("list.title")}>
        <EmptyState compact title={t("empty.title", { year: String(filter.year) })}>
          {t("empty.words")}
        </EmptyState>
      </Card>
    );
  const end = { unit, align: "end" as const };
  const columns: FigureColumn[] = [
    { id: "name", header: t("list.name"), width: "165px" },
    { id: "source", header: t("list.source"), width: "130px" },
    { id: "declared", header: t("list.declared"), ...end },
    { id: "approved", header: t("list.approved"), ...end },
    { id: "received", header: t("list.received"), ...end },
    { id: "spent", header: t("list.spent"), ...end },
    { id: "left", header: t("list.left"), ...end },
    { id: "executed", header: t("list.executed"), align: "end" },
    { id: "state", header: t("list.state"), width: "170px" },
  ];
  const isWhole = cursor === undefined && page.nextCursor === null;
  const { totals } = page;
  return (
    <Card title={t("list.title")} flush>
      <FigureTable
        caption={t("list.title")}
        framed={false}
        columns={columns}
        rows={page.items.map((project) => ({
          key: project.id,
          cells: cells(project),
          note: [
            names.organisation(project.organisation),
            project.number,
            project.sourceCitation && t("cited", { citation: project.sourceCitation }),
          ]
            .filter(Boolean)
            .join(" · "),
        }))}
        totals={
          isWhole
            ? [
                ...[t("list.total"), "", money(totals.declaredFen, show)],
                ...[money(totals.approvedFen, show), ...balanceCells(totals.balance, show), ""],
              ]
            : undefined
        }
      />
    </Card>
  );
}
