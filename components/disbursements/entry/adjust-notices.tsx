"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeptNotices } from "@/components/working-copies/kept-notices";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText } from "@/lib/kernel/written";
import type { KeptAdjustment } from "./use-adjust-text";

/** Where a correction will count, and what happened to its text besides typing. */
export function AdjustNotices({
  record,
  kept,
  postsOn,
}: {
  record: DisbursementDetail;
  kept: KeptAdjustment;
  /** Where its own year is closed. */
  postsOn: CivilDate | null;
}) {
  const locale = useLocale() as Locale;
  const t = useTranslations("disbursement.adjust");
  const notice = useTranslations("entry.notice");
  return (
    <>
      {postsOn !== null && (
        <Callout tone="info">
          {t("closedYear", {
            year: record.fiscalYear,
            day: dayText(postsOn, locale),
            booked: yearOf(postsOn),
          })}
        </Callout>
      )}
      {kept.overtaken && (
        <Callout tone="warning" title={t("overtakenTitle")}>
          {t("overtaken")}
        </Callout>
      )}
      {kept.restoredAt !== null && (
        <Callout
          tone="info"
          live
          title={notice("restoredTitle", { at: kept.restoredAt })}
          actions={
            <Button size="small" onClick={kept.startAfresh}>
              {notice("startAfresh")}
            </Button>
          }
        >
          {t("restored")}
        </Callout>
      )}
      <KeptNotices kept={kept.state} kind="correction" subject={record.id} />
    </>
  );
}
