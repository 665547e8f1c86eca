import { useTranslations } from "next-intl";
import { AsOf } from "@/components/figures/left-out";
import { FilterChips } from "@/components/figures/filter-chips";
import { placeSource, yearAxisField, yearOptions } from "@/components/figures/options";
import { money, sumWords, type Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable, type FigureColumn } from "@/components/table/figure-table";
import { AppLink } from "@/components/ui/app-link";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { changesHref } from "@/lib/features/changes/address";
import { isBeginning } from "@/lib/features/changes/present";
import type { ChangeLine, ChangeSums } from "@/lib/features/changes/schema";
import type { ChangesView } from "@/lib/features/changes/types";
import { explainHref } from "@/lib/features/ledger/address";
import { nameOf, namesOf, placeName } from "@/lib/features/reference/present";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { knownSum } from "@/lib/kernel/known";
import { pageSteps } from "@/lib/kernel/search";
import { listText, momentText, wholeText } from "@/lib/kernel/written";
import { yearTitle } from "@/lib/kernel/year-axis";
import { ChangedSince } from "./changed-since";

type Props = { view: ChangesView; trail: string | undefined; show: Presentation };
type Part = Pick<Props, "view" | "show">;

const end = { align: "end" as const };
const signed = (count: number) => (count > 0 ? `+${wholeText(count)}` : wholeText(count));

function useSigned(show: Presentation) {
  return (fen: string) => (BigInt(fen) > 0n ? `+${money(fen, show)}` : money(fen, show));
}

/** What a line changed besides money: +21 户，-3 人. */
function useCountWords(show: Presentation): (sum: ChangeSums) => string {
  const t = useTranslations("labels");
  return (sum) => {
    const units = COUNT_UNITS.filter((unit) => sum[unit] !== 0).map(
      (unit) => `${sum[unit] > 0 ? "+" : ""}${t(`counted.${unit}`, { count: sum[unit] })}`,
    );
    return units.length === 0 ? "—" : listText(units, show.locale);
  };
}

function Vouchers({ line, view, show }: Part & { line: ChangeLine }) {
  const t = useTranslations("changes");
  const { programme } = namesOf(view.reference, show.locale);
  if (line.allotment !== null)
    return (
      <AppLink href={allotmentsHref({ year: line.year, organisation: line.organisation })}>
        {t("allotment", { number: line.allotment })}
      </AppLink>
    );
  return line.legs.map((leg) => (
    <div key={leg.id} className={leg.inside ? "nowrap" : undefined}>
      <AppLink href={`/disbursements/${leg.id}`}>
        {t(`leg.${leg.entryKind}`, { number: leg.id })}
      </AppLink>
      {!leg.inside && (
        <span className="quiet">
          {" "}
          {t("outside", {
            where: t("where", { year: String(leg.year), programme: programme(leg.programme) }),
            amount: money(leg.amountFen, show),
          })}
        </span>
      )}
    </div>
  ));
}

function Lines({ view, show }: Part) {
  const t = useTranslations("changes");
  const unit = useTranslations("common.unit")(show.unit);
  const header = useTranslations("common.table")("headerWithUnit", { header: t("amount"), unit });
  const { organisation, programme, fundSource } = namesOf(view.reference, show.locale);
  const counts = useCountWords(show);
  const fen = useSigned(show);
  const columns: FigureColumn[] = [
    { id: "at", header: t("at"), width: "8.5em" },
    { id: "kind", header: t("kindHead"), width: "5em" },
    { id: "amount", header, ...end },
    { id: "records", header: t("records"), ...end },
    { id: "counts", header: t("countsHead"), width: "7em" },
    { id: "organisation", header: t("organisation"), width: "11em" },
    { id: "programme", header: t("programme"), width: "7em" },
    { id: "voucher", header: t("voucher"), width: "10em" },
    { id: "by", header: t("by"), width: "9em" },
  ];
  const cells = (line: ChangeLine): FigureCell[] => [
    <span key="at" className="nowrap">
      {momentText(line.at)}
    </span>,
    t(
      line.kind === "received" && BigInt(line.sum.amountFen) < 0n
        ? "kind.givenOn"
        : `kind.${line.kind}`,
    ),
    line.allotment !== null || knownSum(line.sum).kind === "money"
      ? fen(line.sum.amountFen)
      : sumWords(line.sum, show),
    line.allotment === null ? signed(line.sum.records) : "",
    line.allotment === null ? counts(line.sum) : "",
    organisation(line.organisation),
    line.allotment === null ? programme(line.programme ?? "") : fundSource(line.fundSource ?? ""),
    <Vouchers key="voucher" line={line} view={view} show={show} />,
    line.by ? nameOf(line.by, show.locale) : "—",
  ];
  return (
    <FigureTable
      caption={t("caption")}
      columns={columns}
      rows={view.changes.lines.map((line) => ({ key: String(line.seq), cells: cells(line) }))}
    />
  );
}

/** Before, what moved, after: each opens its vouchers, and the middle is the difference of the others. */
function Sums({ view, show }: Part) {
  const t = useTranslations("changes");
  const unit = useTranslations("common.unit")(show.unit);
  const fen = useSigned(show);
  const { before, after, sum, since, until, received } = view.changes;
  const opened = (sums: ChangeSums, seq: number) => ({
    value: sumWords(sums, show),
    unit: knownSum(sums).kind === "money" && unit,
    href: explainHref({ ...view.filter, seq }),
  });
  const records = (sums: ChangeSums) => t("recordCount", { count: wholeText(sums.records) });
  return (
    <StatRow label={t("title")}>
      <StatFigure
        label={
          isBeginning(since) ? t("fromBeginning") : t("before", { at: momentText(since.asOf) })
        }
        {...opened(before, since.seq)}
        note={records(before)}
      />
      <StatFigure
        label={t("moved")}
        value={fen(sum.amountFen)}
        unit={unit}
        note={t("recordCount", { count: signed(sum.records) })}
      />
      <StatFigure
        label={t("after", { at: momentText(until.asOf) })}
        {...opened(after, until.seq)}
        note={records(after)}
      />
      {received && received.sumFen !== "0" && (
        <StatFigure
          label={t("received")}
          value={fen(received.sumFen)}
          unit={unit}
          note={t("receivedNow", { amount: money(received.afterFen, show), unit })}
        />
      )}
    </StatRow>
  );
}

function Scope({ view, show }: Part) {
  const t = useTranslations("changes");
  const tYear = useTranslations("dashboard.filter");
  const { filter, root, reference, since, starts } = view;
  const programmes = reference.programmes.map((one) => ({
    value: one.code,
    label: nameOf(one, show.locale),
  }));
  const from = view.changes.since;
  const sinceLabel = isBeginning(from) ? t("fromBeginning") : momentText(from.asOf);
  const known = starts.some((start) => start.since === since);
  return (
    <ScopeBar
      path="/changes"
      label={t("filter.label")}
      apply={t("filter.apply")}
      kept={{}}
      fields={[
        {
          name: "year",
          label: t("filter.year"),
          width: "year",
          value: String(filter.year),
          options: yearOptions(reference, filter.year, filter.yearAxis),
        },
        yearAxisField(filter.yearAxis, tYear),
        {
          name: "org",
          label: t("filter.org"),
          width: "place",
          value: root.code,
          organisations: placeSource(view, root.code, show.locale),
        },
        {
          name: "programme",
          label: t("filter.programme"),
          width: "programme",
          value: filter.programme?.join(",") ?? "",
          options: programmes,
          placeholder: t("filter.allProgrammes"),
        },
        {
          name: "since",
          label: t("filter.since"),
          width: "programme",
          value: since,
          options: [
            ...(known ? [] : [{ value: since, label: sinceLabel }]),
            ...starts.map(({ key, since: value }) => ({ value, label: t(`starts.${key}`) })),
          ],
        },
      ]}
    />
  );
}

/** What moved a figure since, line by line; the lines add up to the difference of the two figures. */
export function ChangesReport({ view, trail, show }: Props) {
  const t = useTranslations("changes");
  const { filter, root, since, until, cursor, changes } = view;
  const steps = pageSteps({ cursor, trail }, changes.nextCursor);
  const href = (extra: Record<string, string>) =>
    changesHref(filter, since, { ...(until === undefined ? {} : { until }), ...extra });
  const { year: _year, yearAxis: _axis, org: _org, programme: _programme, ...narrowed } = filter;
  return (
    <div className="stack">
      <PageHeader
        title={t("heading", {
          place: placeName(root, show.locale),
          year: yearTitle(show.locale, filter.yearAxis, filter.year),
        })}
        lead={t("lead")}
      />
      <Scope view={view} show={show} />
      <FilterChips filter={narrowed} reference={view.reference} show={show} />
      <Callout>
        <ChangedSince changes={changes} show={show} />
      </Callout>
      <Sums view={view} show={show} />
      {changes.lines.length === 0 ? (
        <EmptyState
          title={t("empty")}
          action={<LinkButton href={explainHref(filter)}>{t("toVouchers")}</LinkButton>}
        >
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <Card title={t("caption")} footnote={<AsOf asOf={changes.until.asOf} />}>
          <Lines view={view} show={show} />
        </Card>
      )}
      <Pagination
        previousHref={steps.previous && href(steps.previous)}
        nextHref={steps.next && href(steps.next)}
      />
    </div>
  );
}
