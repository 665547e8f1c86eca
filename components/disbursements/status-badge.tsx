import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { labelKey, STATUS_TONE } from "@/lib/features/disbursements/labels";
import type { DisbursementRow } from "@/lib/features/disbursements/types";

type Standing = Pick<DisbursementRow, "status" | "approvalsNeeded" | "approvalsGiven">;

/** The status in a word; a record between two approvals says whom it waits for. */
export function StatusBadge({ row }: { row: Standing }) {
  const labels = useTranslations("labels");
  const t = useTranslations("disbursement");
  const between = row.status === "submitted" && row.approvalsGiven > 0;
  return (
    <Badge tone={STATUS_TONE[row.status]}>
      {between ? t("awaitsProvince") : labels(labelKey("status", row.status))}
    </Badge>
  );
}

/** What kind of record it is, where it is not an ordinary one; demo and published ones always say so. */
export function RecordMarks({ row }: { row: Pick<DisbursementRow, "entryKind" | "origin"> }) {
  const labels = useTranslations("labels");
  return (
    <>
      {row.entryKind !== "original" && (
        <Badge tone="info">{labels(labelKey("entryKind", row.entryKind))}</Badge>
      )}
      {row.origin !== "entered" && <Badge>{labels(labelKey("origin", row.origin))}</Badge>}
    </>
  );
}
