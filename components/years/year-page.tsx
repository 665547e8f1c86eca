import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { ledgerHref } from "@/lib/features/ledger/address";
import { packsHref } from "@/lib/features/packs/address";
import { nameOf } from "@/lib/features/reference/present";
import type { YearEndView } from "@/lib/features/year-end/types";
import { momentText } from "@/lib/kernel/written";
import { CloseYear } from "./close-year";
import { ClosingsCard } from "./closings-card";
import { OpenPlacesCard } from "./open-places-card";
import { DecideReopening, ReopenYear } from "./reopen-year";
import { TwoBooksCard } from "./two-books-card";
import { STATUS_TONE } from "./year-card";
import styles from "./years.module.css";

type Props = { view: YearEndView; show: Presentation };

function Actions({ view: { year, today, reopensUntil } }: Pick<Props, "view">) {
  const { waiting, actions, reopenings } = year;
  const asked = reopenings.some(({ state }) => state === "pending");
  return (
    <>
      {actions.includes("reopen") && !asked && (
        <ReopenYear year={year.year} today={today} last={reopensUntil} />
      )}
      {actions.includes("close") && waiting && (
        <CloseYear
          year={year.year}
          version={year.version}
          waiting={waiting}
          corrections={year.correctionsUnderWay ?? 0}
        />
      )}
    </>
  );
}

/** What somebody asked for and another one decides. */
function Waiting({ view: { year }, show }: Props) {
  const t = useTranslations("yearEnd");
  const request = year.reopenings.find(({ state }) => state === "pending");
  if (!request) return null;
  const { requestedBy, requestedAt, until, reason } = request;
  return (
    <Callout
      tone="warning"
      title={`${t("reopening")} · ${t("state.pending")}`}
      actions={<DecideReopening year={year.year} request={request} />}
    >
      {t("asked", {
        name: nameOf(requestedBy, show.locale),
        at: momentText(requestedAt),
        day: until,
        reason,
      })}
    </Callout>
  );
}

function Since({ view: { year }, show }: Props) {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  const { changedSince: since, snapshot, later } = year;
  if (!since || !snapshot) return null;
  const said = { no: snapshot.no, count: since.count, unit };
  return (
    <Card title={t("since")}>
      <p>
        {since.count === 0
          ? t("sinceNothing", said)
          : t("sinceSum", { ...said, amount: money(since.amountFen, show) })}
      </p>
      {later && later.corrections > 0 && (
        <p>
          {t.rich("laterSum", {
            count: later.corrections,
            amount: money(later.amountFen, show),
            unit,
            open: (words) => (
              <AppLink href={ledgerHref({ status: ["approved"], corrects: year.year })}>
                {words}
              </AppLink>
            ),
          })}
        </p>
      )}
    </Card>
  );
}

/** A year: what is left to do in it, its closings, and both its books. */
export function YearPage({ view, show }: Props) {
  const t = useTranslations("yearEnd");
  const words = useTranslations("admin.years");
  const { year, years, keeps } = view;
  const named = { year: String(year.year) };
  return (
    <div className="stack">
      <PageHeader
        title={t("title", named)}
        marks={<Badge tone={STATUS_TONE[year.status]}>{words(`status.${year.status}`)}</Badge>}
        lead={
          year.status === "open" && year.closesFrom
            ? [t("lead.open"), words("closesFrom", { day: year.closesFrom })].join(
                show.locale === "en" ? " " : "",
              )
            : t(`lead.${year.status}`, { day: year.reopenedUntil ?? "" })
        }
        actions={<Actions view={view} />}
      />
      <nav aria-label={t("others")} className={styles.waiting}>
        {years
          .filter((one) => one !== year.year)
          .map((one) => (
            <AppLink key={one} href={`/years/${String(one)}`}>
              {words("one", { year: String(one) })}
            </AppLink>
          ))}
        <AppLink href={packsHref({ year: year.year })}>{t("pack")}</AppLink>
        {keeps && <AppLink href="/admin/years">{t("list")}</AppLink>}
      </nav>
      <Waiting view={view} show={show} />
      <Since view={view} show={show} />
      <OpenPlacesCard view={view} show={show} />
      <TwoBooksCard view={view} show={show} />
      <ClosingsCard view={view} show={show} />
    </div>
  );
}
