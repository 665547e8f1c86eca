import { useLocale, useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { subjectOf } from "@/lib/features/audit/present";
import type { AuditEntry } from "@/lib/features/audit/schema";
import { momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./workbench.module.css";

/** What happened last to the records in reach; the whole of it stands on the audit page. */
export function ChangesCard({ changes, names }: { changes: readonly AuditEntry[]; names: Names }) {
  const t = useTranslations("workbench.changes");
  const did = useTranslations("audit.did");
  const locale = useLocale() as Locale;
  return (
    <Card
      title={t("title")}
      flush={false}
      actions={
        <LinkButton variant="primary" href="/audit">
          {t("open")}
        </LinkButton>
      }
    >
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.id}>
            <AppLink href={`/disbursements/${change.subjectId}`}>
              {did.has(change.action)
                ? did(change.action, { subject: subjectOf(change) })
                : change.action}
            </AppLink>
            <span className="quiet">
              {change.organisation && names.organisation(change.organisation)}
              {" · "}
              {change.actor ? nameOf(change.actor, locale) : t("system")}
              {" · "}
              {momentText(change.at)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
