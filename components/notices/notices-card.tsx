import { useLocale, useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { calendarHref } from "@/lib/features/calendar/address";
import { importHref } from "@/lib/features/imports/address";
import type { Notice, Notices } from "@/lib/features/notices/types";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText, momentText } from "@/lib/kernel/written";
import { MarkRead } from "./mark-read";
import styles from "./notices.module.css";

/** The rest is older, and stands in the records. */
const SHOWN = 6;

const hrefOf = ({ kind, subject, organisation }: Notice): string => {
  if (kind === "due-soon") return calendarHref({ org: organisation });
  return kind === "imported" ? importHref(subject ?? "") : `/disbursements/${subject ?? ""}`;
};

function Line({ notice, names }: { notice: Notice; names: Names }) {
  const t = useTranslations("notices");
  const reasons = useTranslations("labels.returnReason");
  const locale = useLocale() as Locale;
  const { kind, at, unread, organisation, programme, day, reason, actor } = notice;
  const what = programme === null ? "" : names.programme(programme);
  const said = t(`said.${kind}`, {
    what,
    day: day === null ? "" : dayText(day, locale),
    reason: reason === null ? "" : reasons(reason),
    place: names.organisation(organisation),
  });
  return (
    <li className={styles.line} data-unread={unread}>
      {unread && <Badge tone="info">{t("new")}</Badge>}
      <AppLink href={hrefOf(notice)}>{said}</AppLink>
      <span className={styles.by}>
        {actor && `${nameOf(actor, locale)} · `}
        {momentText(at)}
      </span>
    </li>
  );
}

/** What happened to one's work meanwhile, and what is soon due. */
export function NoticesCard({ notices, names }: { notices: Notices; names: Names }) {
  const t = useTranslations("notices");
  const { items, unread } = notices;
  const [newest] = items;
  if (!newest) return null;
  const shown = items.slice(0, SHOWN);
  return (
    <Card
      id="notices"
      title={t("title", { unread })}
      note={t("note")}
      actions={unread > 0 && <MarkRead upTo={newest.at} />}
      footnote={items.length > shown.length ? t("more", { shown: shown.length }) : undefined}
    >
      <ul className={styles.lines}>
        {shown.map((notice) => (
          <Line key={notice.id} notice={notice} names={names} />
        ))}
      </ul>
    </Card>
  );
}
