import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { momentText } from "@/lib/kernel/written";
import type { Check } from "@/lib/features/health/schema";
import styles from "./health.module.css";

function Result({ faults }: { faults: number | null }) {
  const t = useTranslations("health");
  if (faults === null) return <Badge>{t("never")}</Badge>;
  return faults === 0 ? (
    <Badge tone="success">{t("holds")}</Badge>
  ) : (
    <Badge tone="danger">{t("faults", { count: faults })}</Badge>
  );
}

export function ChecksTable({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations("health");
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t("caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("what")}</th>
          <th scope="col">{t("result")}</th>
          <th scope="col" className={styles.when}>
            {t("checkedAt")}
          </th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ invariant, sentence, faults, checkedAt }) => (
          <tr key={invariant}>
            <th scope="row">{sentence}</th>
            <td>
              <Result faults={faults} />
            </td>
            <td className={styles.when}>{checkedAt ? momentText(checkedAt) : "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
