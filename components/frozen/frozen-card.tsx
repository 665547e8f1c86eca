import { useTranslations } from "next-intl";
import { ChangedSince, ChangesLink } from "@/components/changes/changed-since";
import { FilterChips, useConditionWords } from "@/components/figures/filter-chips";
import { money, sumWords, type Presentation } from "@/components/figures/presentation";
import { FigureTable } from "@/components/table/figure-table";
import { AppLink } from "@/components/ui/app-link";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import type { ChangeSums } from "@/lib/features/changes/schema";
import { FIGURE_DEFINITION } from "@/lib/features/figures/rules";
import { frozenHref, tableThenHref } from "@/lib/features/frozen/address";
import { differenceFen, lineFilter, linesOf } from "@/lib/features/frozen/present";
import type { FrozenView, PageViews } from "@/lib/features/frozen/types";
import { explainHref } from "@/lib/features/ledger/address";
import { nameOf, placeName } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { knownSum } from "@/lib/kernel/known";
import { momentText, wholeText } from "@/lib/kernel/written";
import styles from "./frozen.module.css";

type Props = { frozen: FrozenView; reference: Reference; show: Presentation };
type Shown = Props & { filter: NonNullable<FrozenView["filter"]> };

const end = { align: "end" as const };

/** Both figures, each opening its vouchers, and between them in one sentence what moved. */
function Totals({ frozen, filter, show }: Shown) {
  const t = useTranslations("frozen");
  const unit = useTranslations("common.unit")(show.unit);
  const { then, now, changes, asOf, seq } = frozen;
  if (!then || !now || !changes) return null;
  const shown = (sums: ChangeSums, href: string) => ({
    value: sumWords(sums, show),
    unit: knownSum(sums).kind === "money" && unit,
    note: t("recordCount", { count: wholeText(sums.records) }),
    href: knownSum(sums).kind === "unknown" ? undefined : href,
  });
  const from = momentText(asOf);
  const to = momentText(changes.until.asOf);
  return (
    <>
      <StatRow label={t("heading", { no: frozen.no })}>
        <StatFigure
          label={t("then", { at: from })}
          {...shown(then, explainHref({ ...filter, seq }))}
        />
        <StatFigure label={t("now", { at: to })} {...shown(now, explainHref(filter))} />
      </StatRow>
      <p className={styles.sentence}>
        <ChangedSince changes={changes} show={show} /> <ChangesLink filter={filter} since={seq} />
      </p>
    </>
  );
}

function AxisTable({
  axis,
  filter,
  frozen,
  reference,
  show,
}: Shown & { axis: FrozenView["axes"][number] }) {
  // prettier-ignore
  const t = useTranslations("frozen");
  const name = useTranslations("dashboard")(`name.${axis.axis}`);
  const unit = useTranslations("common.unit")(show.unit);
  const words = useConditionWords(reference, show);
  const { lines, moved } = linesOf(axis);
  const fen = (row: (typeof lines)[number]) => {
    const difference = differenceFen(row);
    return `${difference > 0n ? "+" : ""}${money(difference, show)}`;
  };
  const rest = lines.slice(moved);
  const sum = rest.reduce((all, { then }) => all + BigInt(then?.amountFen ?? 0), 0n);
  const opened = (sums: ChangeSums | null, code: string, seq?: number) => ({
    value: sumWords(sums, show),
    href:
      knownSum(sums).kind === "unknown"
        ? undefined
        : explainHref({ ...lineFilter(filter, axis.axis, code), seq }),
  });
  return (
    <FigureTable
      caption={t("axis", { axis: name })}
      columns={[
        { id: "name", header: name, width: "9em" },
        { id: "then", header: t("columnThen"), unit, ...end },
        { id: "now", header: t("columnNow"), unit, ...end },
        { id: "difference", header: t("difference"), unit, ...end },
      ]}
      rows={lines.map((row) => ({
        key: row.code,
        cells: [
          words(axis.axis as "programme", row.code === "" ? "none" : row.code),
          opened(row.then, row.code, frozen.seq),
          opened(row.now, row.code),
          fen(row),
        ],
      }))}
      fold={
        rest.length > 1
          ? {
              after: moved,
              label: t("unchanged", { count: rest.length }),
              cells: ["", money(sum, show), money(sum, show), money(0n, show)],
            }
          : undefined
      }
    />
  );
}

const CHECK_TONE = { otherwise: "danger", definition: "warning" } as const;

/** Whether what was kept is still what its digest and its vouchers say. */
function Check({ frozen: { check, definition } }: Pick<Props, "frozen">) {
  const t = useTranslations("frozen.check");
  if (check === null || check === "holds") return null;
  return (
    <Callout tone={CHECK_TONE[check]}>
      {t(check, { then: definition, now: FIGURE_DEFINITION })}
    </Callout>
  );
}

function Foot({ frozen: { check, seq, sha256 } }: Pick<Props, "frozen">) {
  const t = useTranslations("frozen");
  return (
    <>
      {check === "holds" && <span>{t("check.holds")} </span>}
      <span>{t("position", { seq })}</span>
      {sha256 !== null && (
        <div className={styles.digest}>
          {t("digest")} <code>{sha256}</code>
        </div>
      )}
    </>
  );
}

/** Each version by its stamp, the one that is shown among them. */
function Versions({ frozen, view }: Pick<Props, "frozen"> & { view: PageViews["views"][number] }) {
  const t = useTranslations("frozen");
  if (frozen.versions.length < 2) return null;
  return (
    <nav aria-label={t("versions")} className={styles.versions}>
      {frozen.versions.map(({ no, asOf }) => (
        <AppLink
          key={no}
          href={frozenHref(view, no)}
          scroll={false}
          aria-current={no === frozen.no ? "true" : undefined}
        >
          {t("version", { no, at: momentText(asOf) })}
        </AppLink>
      ))}
    </nav>
  );
}

/** What the opened view froze, beside what it comes to now. */
export function FrozenCard({
  saved,
  reference,
  show,
}: Omit<Props, "frozen"> & { saved: PageViews }) {
  const t = useTranslations("frozen");
  const { frozen, opened } = saved;
  if (!frozen || !opened?.view) return null;
  const { filter, shown, place, axes } = frozen;
  const named = placeName(place, show.locale);
  const part = { frozen, reference, show };
  const { year, org: _org, ...narrowed } = filter ?? {};
  return (
    <Card
      title={t("heading", { no: frozen.no })}
      note={t("note", {
        place: placeName(shown ?? place, show.locale),
        year: String(year ?? new URLSearchParams(frozen.query).get("year")),
        by: nameOf(frozen.by, show.locale),
        at: momentText(frozen.frozenAt),
      })}
      footnote={<Foot frozen={frozen} />}
    >
      <div className="stack">
        <Check frozen={frozen} />
        {shown && shown.code !== place.code && (
          <p>{t("partial", { place: named, own: placeName(shown, show.locale) })}</p>
        )}
        <FilterChips filter={narrowed} reference={reference} show={show} />
        {filter ? <Totals {...part} filter={filter} /> : <p>{t("none", { place: named })}</p>}
        {filter && saved.page === "cross" && (
          <p className={styles.sentence}>
            <AppLink href={tableThenHref(frozen.query, { org: filter.org, seq: frozen.seq })}>
              {t("table")}
            </AppLink>
          </p>
        )}
        {filter && axes.some(({ rows }) => rows.length > 0) && (
          <details className={styles.rows}>
            <summary>{t("rows")}</summary>
            <div className="columns">
              {axes.map((axis) => (
                <AxisTable key={axis.axis} {...part} filter={filter} axis={axis} />
              ))}
            </div>
          </details>
        )}
        <Versions frozen={frozen} view={opened.view} />
      </div>
    </Card>
  );
}
