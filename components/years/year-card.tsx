import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import { Badge } from "@/components/ui/badge";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { DescriptionList, type DescriptionItem } from "@/components/ui/description-list";
import { contributorySum } from "@/lib/features/figures/present";
import { ledgerHref } from "@/lib/features/ledger/address";
import { nameOf } from "@/lib/features/reference/present";
import type { Frozen, Waiting, YearView } from "@/lib/features/years/types";
import { knownFen, knownText, type Known } from "@/lib/kernel/known";
import { momentText } from "@/lib/kernel/written";
import { CloseYear } from "./close-year";
import styles from "./years.module.css";

type Props = { view: YearView; show: Presentation };

export const STATUS_TONE = { open: "success", reopened: "warning", closed: "neutral" } as const;

function WaitingList({ year, waiting }: { year: number; waiting: Waiting }) {
  const t = useTranslations("admin.years");
  const there = (["draft", "submitted", "returned"] as const).filter((one) => waiting[one] > 0);
  if (there.length === 0) return t("none");
  return (
    <ul className={styles.waiting}>
      {there.map((status) => (
        <li key={status}>
          <AppLink href={ledgerHref({ year, status: [status] })}>
            {t(status, { count: waiting[status] })}
          </AppLink>
        </li>
      ))}
    </ul>
  );
}

/** In the unit of the page, which stands at the head of the list. */
function useFrozen(frozen: Frozen | null, show: Presentation): DescriptionItem[] {
  const t = useTranslations("admin.years");
  const unit = useTranslations("common.unit")(show.unit);
  if (frozen === null) return [];
  const { records, unvalued } = frozen;
  const known = (sum: Known) =>
    sum.kind === "money" ? `${knownText(sum, show)} ${unit}` : knownText(sum, show);
  const amount = (fen: string | null) => known(knownFen(fen));
  return [
    { term: t("amount"), detail: amount(frozen.amountFen) },
    { term: t("records"), detail: t("recordsOf", { records, unvalued }) },
    { term: t("received"), detail: amount(frozen.receivedFen) },
    { term: t("balance"), detail: amount(frozen.balanceFen) },
    { term: t("contributory"), detail: known(contributorySum(frozen)) },
  ];
}

function useFacts({ view, show }: Props): DescriptionItem[] {
  const t = useTranslations("admin.years");
  const unit = useTranslations("common.unit")(show.unit);
  const { year, waiting, correctionsUnderWay, later } = view;
  const closed = view.status === "closed";
  return [
    ...(closed
      ? [
          { term: t("closedAt"), detail: view.closedAt && momentText(view.closedAt) },
          { term: t("closedBy"), detail: view.closedBy && nameOf(view.closedBy, show.locale) },
        ]
      : []),
    ...useFrozen(view.frozen, show),
    ...(waiting
      ? [
          {
            term: t(closed ? "waitingFrozen" : "waitingNow"),
            detail: <WaitingList year={year} waiting={waiting} />,
          },
          {
            term: t("corrections"),
            detail: correctionsUnderWay
              ? t("correctionsCount", { count: correctionsUnderWay })
              : t("none"),
          },
        ]
      : []),
    ...(later
      ? [
          {
            term: t("later"),
            wide: true,
            detail:
              later.corrections === 0
                ? t("laterNone")
                : t.rich("laterSome", {
                    count: later.corrections,
                    amount: money(later.amountFen, show),
                    unit,
                    open: (words) => (
                      <AppLink href={ledgerHref({ status: ["approved"], corrects: year })}>
                        {words}
                      </AppLink>
                    ),
                  }),
          },
        ]
      : []),
    ...(view.snapshotSha256
      ? [
          {
            term: t("hash"),
            wide: true,
            detail: <code className={styles.hash}>{view.snapshotSha256}</code>,
          },
        ]
      : []),
  ];
}

/** Of an open year: from which day the province may close it. */
function ClosesFrom({ view: { status, closesFrom, reopenedUntil } }: Pick<Props, "view">) {
  const t = useTranslations("admin.years");
  if (status === "closed") return null;
  if (reopenedUntil)
    return <span className="quiet">{t("reopenedUntil", { day: reopenedUntil })}</span>;
  return (
    <span className="quiet">
      {closesFrom ? t("closesFrom", { day: closesFrom }) : t("mayClose")}
    </span>
  );
}

/** A year: what waits in it, and, once it is closed, what was frozen and what was corrected since. */
export function YearCard({ view, show }: Props) {
  const t = useTranslations("admin.years");
  const { year, version, status, waiting } = view;
  const facts = useFacts({ view, show });
  return (
    <Card
      title={
        <span className={styles.title}>
          {view.waiting ? (
            <AppLink href={`/years/${String(year)}`}>{t("one", { year: String(year) })}</AppLink>
          ) : (
            t("one", { year: String(year) })
          )}
          <Badge tone={STATUS_TONE[status]}>{t(`status.${status}`)}</Badge>
        </span>
      }
      actions={
        view.actions.includes("close") && waiting ? (
          <CloseYear
            year={year}
            version={version}
            waiting={waiting}
            corrections={view.correctionsUnderWay ?? 0}
          />
        ) : (
          facts.length > 0 && <ClosesFrom view={view} />
        )
      }
      footnote={view.snapshotSha256 && t("hashHint")}
    >
      {facts.length > 0 ? <DescriptionList items={facts} /> : <ClosesFrom view={view} />}
    </Card>
  );
}
