import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { calendarHref, nextHref } from "@/lib/features/calendar/address";
import { periodText } from "@/lib/features/calendar/present";
import { canDeclareNil, isBegun } from "@/lib/features/calendar/rules";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { DeclareNil } from "./nil-buttons";
import { DueWords, PeriodBadge } from "./period-words";
import styles from "./calendar.module.css";

/** More than so many are a list for its own page. */
const SHOWN = 8;

const byDueDay = (a: ExpectedPeriod, b: ExpectedPeriod) => (a.dueOn < b.dueOn ? -1 : 1);

function Owed({ period, names, today }: { period: ExpectedPeriod; names: Names; today: string }) {
  const t = useTranslations("calendar");
  const locale = useLocale() as Locale;
  const days = periodText(period, locale);
  const programme = names.programme(period.programme);
  const named = t("named", { programme, days });
  const { draft, returned } = period;
  const begun = isBegun(period);
  return (
    <li className={styles.period}>
      <div className={styles.days}>
        <span>{programme}</span>
        <span className={styles.due}>{days}</span>
      </div>
      <div className={styles.standing}>
        {period.state === "late" && <PeriodBadge state="late" />}
        <span>
          <DueWords period={period} />
        </span>
        {begun && <span className={styles.due}>{t("begun", { draft, returned })}</span>}
      </div>
      <div className={styles.actions}>
        <LinkButton
          size="small"
          href={nextHref(period)}
          aria-label={t(begun ? "continueNamed" : "enterNamed", { name: named })}
        >
          {t(begun ? "continue" : "enter")}
        </LinkButton>
        {canDeclareNil(period, today) && <DeclareNil period={period} named={named} />}
      </div>
    </li>
  );
}

/** What this office has still to report, what is due first on top. */
export function OwedCard({
  owed,
  names,
  today,
}: {
  owed: readonly ExpectedPeriod[];
  names: Names;
  today: string;
}) {
  const t = useTranslations("calendar.owed");
  if (owed.length === 0) return null;
  const late = owed.filter(({ state }) => state === "late").length;
  const shown = [...owed].sort(byDueDay).slice(0, SHOWN);
  return (
    <Card
      title={t("title", { total: owed.length, late })}
      note={t("note")}
      actions={
        <LinkButton href={calendarHref({})} size="small">
          {t("open")}
        </LinkButton>
      }
      footnote={owed.length > shown.length ? t("more", { shown: shown.length }) : undefined}
    >
      <ul className={styles.periods}>
        {shown.map((period) => (
          <Owed
            key={`${period.organisation} ${period.programme} ${period.periodFrom}`}
            period={period}
            names={names}
            today={today}
          />
        ))}
      </ul>
    </Card>
  );
}
