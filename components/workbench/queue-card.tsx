import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { isOpen } from "@/lib/features/findings/policy";
import type { Names } from "@/lib/features/reference/present";
import type { QueueItem, ReviewQueue } from "@/lib/features/review/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import { RecordList } from "./record-list";
import styles from "./workbench.module.css";

const RISK_TONE: Record<QueueItem["risk"], Tone> = {
  0: "danger",
  1: "warning",
  2: "info",
  3: "success",
};

/** What waits for a reviewer, what needs a look first. */
export function QueueCard({
  queue,
  names,
  unit,
}: {
  queue: ReviewQueue;
  names: Names;
  unit: MoneyUnit;
}) {
  const t = useTranslations("workbench.queue");
  const { total, more } = queue;
  const items = queue.items.slice(0, 6);
  const riskOf = new Map(items.map((item) => [item.record.id, item]));
  return (
    <Card
      title={t("title", { total, more: String(more) })}
      actions={
        total > 0 && (
          <LinkButton variant="primary" href="/review">
            {t("open")}
          </LinkButton>
        )
      }
      footnote={total > items.length ? t("more", { shown: items.length }) : undefined}
    >
      {total === 0 ? (
        <EmptyState compact title={t("empty")} />
      ) : (
        <RecordList
          rows={items.map(({ record }) => record)}
          names={names}
          unit={unit}
          withOrganisation
          hrefOf={(row) => `/disbursements/${row.id}`}
          more={(row) => {
            const item = riskOf.get(row.id);
            if (!item) return null;
            return (
              <span className={styles.badges}>
                {item.level === "PROVINCE" && <Badge tone="info">{t("province")}</Badge>}
                <Badge tone={RISK_TONE[item.risk]}>
                  {t(
                    `risk.${item.risk === 1 && !item.findings.some(isOpen) ? "explained" : item.risk}`,
                  )}
                </Badge>
              </span>
            );
          }}
        />
      )}
    </Card>
  );
}
