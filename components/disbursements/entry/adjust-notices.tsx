"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeptNotices } from "@/components/working-copies/kept-notices";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { KeptAdjustment } from "./use-adjust-text";

/** What happened to the text of a correction besides typing. */
export function AdjustNotices({
  record,
  kept,
}: {
  record: DisbursementDetail;
  kept: KeptAdjustment;
}) {
  const t = useTranslations("disbursement.adjust");
  const notice = useTranslations("entry.notice");
  return (
    <>
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
