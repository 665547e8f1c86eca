import { useLocale, useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { labelKey } from "@/lib/features/disbursements/labels";
import { momentText } from "@/lib/kernel/written";
import { nameOf } from "@/lib/features/reference/present";
import type { AdjustmentView, DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./corrections.module.css";

type Part = { id: string; reference: string; kind: "original" | "reversal" | "replacement" };

function partsOf(adjustment: AdjustmentView): Part[] {
  const { originalId, reversalId, replacementId, references } = adjustment;
  const parts: Part[] = [
    { id: originalId, reference: references.original, kind: "original" },
    { id: reversalId, reference: references.reversal, kind: "reversal" },
  ];
  if (replacementId === null) return parts;
  return [
    ...parts,
    { id: replacementId, reference: references.replacement ?? "", kind: "replacement" },
  ];
}

/** 更正: the original, what reverses it and what takes its place, each a link to the other. */
export function Corrections({ record }: { record: DisbursementDetail }) {
  const t = useTranslations("disbursement.corrections");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  return (
    <ul className={styles.list}>
      {record.adjustments.map((adjustment) => (
        <li key={adjustment.reversalId} className={styles.item}>
          <ol className={styles.chain}>
            {partsOf(adjustment).map((part) => (
              <li key={part.id} className={styles.part}>
                {part.id === record.id ? (
                  <strong>{t("here", { kind: labels(labelKey("entryKind", part.kind)) })}</strong>
                ) : (
                  <AppLink href={`/disbursements/${part.id}`}>
                    {t(`other.${part.kind}`, { reference: part.reference })}
                  </AppLink>
                )}
              </li>
            ))}
          </ol>
          <p>
            {t("reason", {
              reason: labels(labelKey("adjustReason", adjustment.reason)),
              status: labels(labelKey("status", adjustment.status)),
            })}
          </p>
          <p>{adjustment.words}</p>
          <p className="quiet">
            {nameOf(adjustment.createdBy, locale)} · {momentText(adjustment.createdAt)}
          </p>
        </li>
      ))}
    </ul>
  );
}
