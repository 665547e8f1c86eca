import { useTranslations } from "next-intl";
import type { Fact } from "@/lib/features/audit/present";
import styles from "./audit.module.css";

/** What the entry says, a line each; the former value beside the new one where it tells of a change. */
export function AuditFacts({ facts }: { facts: readonly Fact[] }) {
  const t = useTranslations("audit");
  if (facts.length === 0) return <p className="quiet">{t("noBody")}</p>;
  const changed = facts.some(({ before }) => before !== null);
  return (
    <table className={styles.told}>
      <caption className={styles.caption}>{t("body")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("columnField")}</th>
          {changed && <th scope="col">{t("before")}</th>}
          <th scope="col">{t("after")}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(({ field, before, after }, index) => (
          <tr key={index}>
            <th scope="row">{field}</th>
            {changed && <td>{before}</td>}
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
