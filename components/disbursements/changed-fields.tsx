import { useLocale, useTranslations } from "next-intl";
import { changedTexts } from "@/lib/features/disbursements/present";
import type { Round } from "@/lib/features/disbursements/types";
import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./changed-fields.module.css";

/** What was changed between two submissions: each field with what it said and what it says. */
export function ChangedFields({ changes, names }: { changes: Round["changes"]; names: Names }) {
  const t = useTranslations("disbursement.changed");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  if (!changes) return null;
  const lines = changedTexts(changes, { names, label: labels, locale });
  if (lines.length === 0) return <p className="quiet">{t("nothing")}</p>;
  return (
    <ul className={styles.list} aria-label={t("label")}>
      {lines.map(({ field, before, after }) => (
        <li key={field}>
          <span className="quiet">{field}</span> <del>{before}</del> → <ins>{after}</ins>
        </li>
      ))}
    </ul>
  );
}
