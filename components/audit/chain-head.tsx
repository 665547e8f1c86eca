import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { AuditPage } from "@/lib/features/audit/schema";
import { clockTime } from "@/lib/kernel/written";
import styles from "./audit.module.css";

/** Where the chain ends, to be written down: with it anybody can tell later that nothing before was changed. */
export function ChainHead({ head }: { head: NonNullable<AuditPage["head"]> }) {
  const t = useTranslations("audit");
  const { position, at, hash } = head;
  return (
    <Card>
      <div className={styles.head}>
        <p>{t("head", { position, at: clockTime(at) })}</p>
        <p>
          <code className={styles.hash}>{hash}</code>
        </p>
        <p className="quiet">{t("headHint", { position })}</p>
      </div>
    </Card>
  );
}
