import { useLocale, useTranslations } from "next-intl";
import { newSince, shownFindings } from "@/lib/features/findings/present";
import type { DisbursementWhole } from "@/lib/features/disbursements/types";
import type { Names } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import { FindingList } from "./finding-list";
import styles from "./findings-then.module.css";

/**
 * What was found: while a record is being written, what is found now; once submitted, what was found and answered
 * then, with its values of then, and apart from it what is found today.
 */
export function FindingsThen({ record, names }: { record: DisbursementWhole; names: Names }) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const shown = (findings: DisbursementWhole["findings"]) =>
    shownFindings(findings, { names, label: labels, locale });
  const last = record.rounds.at(-1);
  const writing = record.status === "draft" || record.status === "returned";
  if (writing)
    return (
      <FindingList findings={shown(record.findings)} empty={t("noFindings")} record={record.id} />
    );
  if (!last) {
    // submitted before submissions were kept: what was explained then is all that is known of it
    const told = record.findings.filter(
      ({ answer }) => record.status === "submitted" || answer !== null,
    );
    return <FindingList findings={shown(told)} empty={t("noFindings")} />;
  }
  const since = newSince(record.findings, last.findings);
  return (
    <div className={styles.parts}>
      <section>
        <h3 className={styles.when}>{t("then", { at: momentText(last.at) })}</h3>
        <FindingList findings={shown(last.findings)} empty={t("noFindings")} />
      </section>
      {since.length > 0 && (
        <section>
          <h3 className={styles.when}>{t("now")}</h3>
          <FindingList findings={shown(since)} empty="" />
        </section>
      )}
    </div>
  );
}
