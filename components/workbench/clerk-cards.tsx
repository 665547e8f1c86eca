import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { labelKey } from "@/lib/features/disbursements/labels";
import { knownText } from "@/lib/kernel/known";
import { useShow } from "./money-left";
import { momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import type { ReturnedRow, Workbench } from "@/lib/features/workbench/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { WithdrawButton } from "@/components/disbursements/withdraw-button";
import { OwedCard } from "@/components/calendar/owed-card";
import { RecordList } from "./record-list";
import { WorkbenchVoid } from "./workbench-void";
import styles from "./workbench.module.css";

type CardProps = { bench: Workbench; names: Names; unit: MoneyUnit };

function Returned({ bench, names, unit }: CardProps) {
  const t = useTranslations("workbench.returned");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { items, total } = bench.returned;
  if (total === 0) return null;
  return (
    <Card
      title={t("title", { total })}
      note={t("note")}
      actions={
        items[0] && (
          <LinkButton variant="primary" href={`/entry/${items[0].id}`}>
            {t("fix")}
          </LinkButton>
        )
      }
    >
      <RecordList<ReturnedRow>
        rows={items}
        names={names}
        unit={unit}
        hrefOf={(row) => `/entry/${row.id}`}
        more={({ returned }) => (
          <>
            <span className={styles.reason}>
              {labels(labelKey("returnReason", returned.reason))}
            </span>
            {returned.words}
            <span className={styles.by}>
              {nameOf(returned.actor, locale)} ·{" "}
              <span className={styles.moment}>{momentText(returned.at)}</span>
            </span>
          </>
        )}
      />
    </Card>
  );
}

function Drafts({ bench, names, unit }: CardProps) {
  const t = useTranslations("workbench.drafts");
  const { items, total } = bench.drafts;
  return (
    <Card title={t("title", { total })}>
      {total === 0 ? (
        <EmptyState compact title={t("empty")} />
      ) : (
        <RecordList
          rows={items}
          names={names}
          unit={unit}
          hrefOf={(row) => `/entry/${row.id}`}
          more={(row) => <WorkbenchVoid record={row} named={names.programme(row.programme)} />}
        />
      )}
    </Card>
  );
}

function Waiting({ bench, names, unit }: CardProps) {
  const t = useTranslations("workbench.waiting");
  const { items, total } = bench.waiting;
  return (
    <Card title={t("title", { total })}>
      {total === 0 ? (
        <EmptyState compact title={t("empty")} />
      ) : (
        <RecordList
          rows={items}
          names={names}
          unit={unit}
          hrefOf={(row) => `/disbursements/${row.id}`}
          more={(row) => (
            <span className={styles.standing}>
              {row.approvalsGiven > 0 && <Badge tone="info">{t("province")}</Badge>}
              {row.submittedAt && <span>{t("since", { at: momentText(row.submittedAt) })}</span>}
              {!row.opened && <WithdrawButton row={row} />}
            </span>
          )}
        />
      )}
    </Card>
  );
}

/** Paid last year at this time, where the calendar asks for nothing. */
function Forgotten({ bench, names, unit }: CardProps) {
  const show = useShow(unit);
  const t = useTranslations("workbench.due");
  const units = useTranslations("disbursement.unit");
  if (bench.forgotten.length === 0) return null;
  return (
    <Card title={t("title")} note={t("note", { year: bench.year })}>
      <ul className={styles.due}>
        {bench.forgotten.map(({ organisation, programme, lastYear }) => (
          <li key={`${organisation}-${programme}`}>
            <span>{names.programme(programme)}</span>
            <span className="quiet">
              {lastYear.kind === "money"
                ? t("lastYear", { amount: knownText(lastYear, show), unit: units(unit) })
                : t("lastYearWords", { words: knownText(lastYear, show) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What a clerk's day is made of: what came back first. */
export function ClerkCards(props: CardProps & { reference: Reference; today: string }) {
  return (
    <>
      <Returned {...props} />
      <OwedCard owed={props.bench.owed} names={props.names} today={props.today} />
      <div className="columns">
        <div className="stack">
          <Drafts {...props} />
          <Forgotten {...props} />
        </div>
        <Waiting {...props} />
      </div>
    </>
  );
}
