"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { sumOfRecords } from "@/lib/features/review/rules";
import { knownSum, knownText } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import type { QueueItem } from "@/lib/features/review/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import styles from "./bulk-bar.module.css";

/** The clean ones together: how many, how much, one press. */
export function BulkBar({
  clean,
  chosen,
  unit,
  busy,
  onSelectAll,
  onClear,
  onApprove,
}: {
  clean: readonly QueueItem[];
  chosen: readonly QueueItem[];
  unit: MoneyUnit;
  busy: boolean;
  onSelectAll: () => void;
  onClear: () => void;
  onApprove: () => void;
}) {
  const t = useTranslations("review.bulk");
  const units = useTranslations("disbursement.unit");
  const locale = useLocale() as Locale;
  const total = knownSum(sumOfRecords(chosen.map(({ record }) => record)));
  return (
    <div className={styles.bar} role="region" aria-label={t("label")}>
      <p className={styles.words} aria-live="polite">
        {chosen.length === 0
          ? t("none", { count: clean.length })
          : t("chosen", {
              count: chosen.length,
              amount: knownText(total, { locale, unit }),
              unit: total.kind === "money" ? units(unit) : "",
            })}
      </p>
      {chosen.length < clean.length && (
        <Button onClick={onSelectAll} disabled={busy}>
          {t("selectAll", { count: clean.length })}
        </Button>
      )}
      {chosen.length > 0 && (
        <>
          <Button variant="quiet" onClick={onClear} disabled={busy}>
            {t("clear")}
          </Button>
          <Button variant="primary" busy={busy} onClick={onApprove}>
            {t("approve", { count: chosen.length })}
          </Button>
        </>
      )}
    </div>
  );
}
