import { useLocale, useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { nextHref, periodRecordsHref } from "@/lib/features/calendar/address";
import { byProgramme, periodText } from "@/lib/features/calendar/present";
import { canDeclareNil, isBegun } from "@/lib/features/calendar/rules";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import { DeclareNil, WithdrawNil } from "./nil-buttons";
import { DueWords, PeriodBadge } from "./period-words";
import styles from "./calendar.module.css";

/** What stands in the period: records, each number opening its own, or the declaration that there were none. */
function Standing({ period }: { period: ExpectedPeriod }) {
  const t = useTranslations("calendar");
  const reasons = useTranslations("labels.nilReason");
  const locale = useLocale() as Locale;
  const { nil, covering, approved, submitted, draft, returned } = period;
  const sent = approved + submitted;
  return (
    <>
      {sent > 0 && (
        <AppLink href={periodRecordsHref(period)}>{t("records", { count: sent })}</AppLink>
      )}
      {covering !== null && <AppLink href={`/disbursements/${covering}`}>{t("covering")}</AppLink>}
      {isBegun(period) && <span>{t("begun", { draft, returned })}</span>}
      {nil && nil.end !== "withdrawn" && (
        <span>
          {nil.end === null ? t("nil.said", { reason: reasons(nil.reason) }) : t("nil.superseded")}
          {nil.words && t("nil.inWords", { words: nil.words })}
          <span className={styles.by}>
            {nameOf(nil.declaredBy, locale)} · {momentText(nil.declaredAt)}
          </span>
        </span>
      )}
    </>
  );
}

type Acting = { names: Names; today: string; mayDeclare: boolean };

function PeriodLine({ period, names, today, mayDeclare }: Acting & { period: ExpectedPeriod }) {
  const t = useTranslations("calendar");
  const locale = useLocale() as Locale;
  const days = periodText(period, locale);
  const named = t("named", { programme: names.programme(period.programme), days });
  const begun = isBegun(period);
  const open = period.state === "due" || period.state === "late";
  return (
    <li className={styles.period}>
      <div className={styles.days}>
        <span>{days}</span>
        <span className={styles.due}>
          <DueWords period={period} />
        </span>
      </div>
      <div className={styles.standing}>
        <PeriodBadge state={period.state} />
        <Standing period={period} />
      </div>
      {mayDeclare && (
        <div className={styles.actions}>
          {open && (
            <LinkButton
              size="small"
              href={nextHref(period)}
              aria-label={t(begun ? "continueNamed" : "enterNamed", { name: named })}
            >
              {t(begun ? "continue" : "enter")}
            </LinkButton>
          )}
          {open && canDeclareNil(period, today) && <DeclareNil period={period} named={named} />}
          {period.nil?.end === null && period.yearOpen && (
            <WithdrawNil nil={period.nil} named={named} />
          )}
        </div>
      )}
    </li>
  );
}

/** One office's year: every period by itself, programme by programme. */
export function OfficePeriods({
  periods,
  ...acting
}: Acting & { periods: readonly ExpectedPeriod[] }) {
  return byProgramme(periods).map(({ programme, periods: of }) => (
    <Card key={programme} id={programme} title={acting.names.programme(programme)}>
      <ul className={styles.periods}>
        {of.map((period) => (
          <PeriodLine key={period.periodFrom} period={period} {...acting} />
        ))}
      </ul>
    </Card>
  ));
}
