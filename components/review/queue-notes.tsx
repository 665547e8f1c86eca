"use client";

import { useLocale, useTranslations } from "next-intl";
import { ChangedFields } from "@/components/disbursements/changed-fields";
import { labelKey } from "@/lib/features/disbursements/labels";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { QueueItem } from "@/lib/features/review/types";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText, moneyText } from "@/lib/kernel/written";
import styles from "./queue-row.module.css";

/** What was said of it before: why it came back, what was changed and answered since; what a correction corrects. */
export function QueueNotes({ item, names }: { item: QueueItem; names: Names }) {
  const t = useTranslations("review");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { returned, reply, changes, correction } = item;
  return (
    <>
      {returned && (
        <p className={styles.note}>
          {t("returnedBefore", {
            who: nameOf(returned.actor, locale),
            at: momentText(returned.at),
            reason: labels(labelKey("returnReason", returned.reason)),
          })}
          {returned.words && ` · ${returned.words}`}
        </p>
      )}
      {reply && <p className={styles.note}>{t("reply", { words: reply })}</p>}
      {changes && (
        <div className={styles.note}>
          <ChangedFields changes={changes} names={names} />
        </div>
      )}
      {correction && (
        <p className={styles.note}>
          {t("corrects", {
            reference: correction.reference,
            amount: correction.amountFen === null ? "—" : moneyText(correction.amountFen, "yuan"),
            reason: labels(labelKey("adjustReason", correction.reason)),
          })}
          {correction.words && ` · ${correction.words}`}
        </p>
      )}
    </>
  );
}
