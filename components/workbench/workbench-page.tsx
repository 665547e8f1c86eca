import { FilePlus2, FileUp, Grid3x3 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { NoticesCard } from "@/components/notices/notices-card";
import { UnfinishedCard } from "@/components/working-copies/unfinished-card";
import { namesOf } from "@/lib/features/reference/present";
import type { WorkbenchView } from "@/lib/features/workbench/types";
import type { Role } from "@/lib/kernel/actor";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { ChangesCard } from "./changes-card";
import { ClerkCards } from "./clerk-cards";
import { Headline, MoneyLeft } from "./money-left";
import { QueueCard } from "./queue-card";
import styles from "./workbench.module.css";

type Work = NonNullable<WorkbenchView["work"]>;

/** An administrator's day: accounts and reference data, no records, no amounts. */
function AdminLinks() {
  const t = useTranslations("workbench.admin");
  return (
    <Card title={t("title")} note={t("note")}>
      <div className={styles.links}>
        <LinkButton variant="primary" href="/admin">
          {t("open")}
        </LinkButton>
        <LinkButton href="/help">{t("help")}</LinkButton>
      </div>
    </Card>
  );
}

/** What a person handles is written in yuan; an overview in the unit chosen. */
const IN_HAND = "yuan";

function Day({
  userId,
  today,
  work,
  roles,
  unit,
}: {
  userId: string;
  today: string;
  work: Work;
  roles: readonly Role[];
  unit: MoneyUnit;
}) {
  const locale = useLocale() as Locale;
  const { bench, copies, changes } = work;
  const names = namesOf(bench.reference, locale);
  const clerk = roles.includes("CLERK");
  const reviews = roles.includes("REVIEWER") || roles.includes("PROVINCE");
  const returnedFirst = clerk && bench.returned.total > 0;
  return (
    <>
      {!returnedFirst && !reviews && clerk && <MoneyLeft bench={bench} unit={IN_HAND} />}
      {!clerk && <Headline bench={bench} unit={unit} />}
      {reviews && <QueueCard queue={bench.queue} names={names} unit={IN_HAND} />}
      {clerk && <UnfinishedCard userId={userId} copies={copies} />}
      {clerk && (
        <ClerkCards
          bench={bench}
          names={names}
          unit={IN_HAND}
          reference={bench.reference}
          today={today}
        />
      )}
      <NoticesCard notices={bench.notices} names={names} />
      {(returnedFirst || (reviews && clerk)) && <MoneyLeft bench={bench} unit={IN_HAND} />}
      {changes.length > 0 && <ChangesCard changes={changes} names={names} />}
    </>
  );
}

/** What waits for this person, with one thing to do next. */
export function WorkbenchPage({ view }: { view: WorkbenchView }) {
  const t = useTranslations("workbench");
  const english = useLocale() === "en";
  const { roles, work, unit } = view;
  const clerk = roles.includes("CLERK");
  const reviews = roles.includes("REVIEWER") || roles.includes("PROVINCE");
  const lead =
    work === null
      ? t("lead.admin")
      : clerk
        ? t("lead.clerk", {
            returned: work.bench.returned.total,
            drafts: work.bench.drafts.total,
            waiting: work.bench.waiting.total,
          })
        : reviews
          ? t("lead.judge", { total: work.bench.queue.total, more: String(work.bench.queue.more) })
          : t("lead.auditor");
  return (
    <div className="stack">
      <PageHeader
        title={t("title", { name: english ? view.nameEn : view.nameZh })}
        lead={lead}
        actions={
          clerk && (
            <>
              <LinkButton href="/entry/grid" icon={<Grid3x3 aria-hidden />}>
                {t("many")}
              </LinkButton>
              <LinkButton href="/import" icon={<FileUp aria-hidden />}>
                {t("import")}
              </LinkButton>
              <LinkButton
                href="/entry"
                variant={work && work.bench.returned.total > 0 ? "secondary" : "primary"}
                icon={<FilePlus2 aria-hidden />}
              >
                {t("record")}
              </LinkButton>
            </>
          )
        }
      />
      {work === null ? (
        <AdminLinks />
      ) : (
        <Day userId={view.userId} today={view.today} work={work} roles={roles} unit={unit} />
      )}
    </div>
  );
}
