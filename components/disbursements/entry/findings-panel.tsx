"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FindingList } from "@/components/disbursements/finding-list";
import { momentText } from "@/lib/kernel/written";
import type { ShownFinding } from "@/lib/features/findings/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { landingId } from "./entry-context";

function lookAt(path: string): void {
  const field = document.getElementById(landingId(path));
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

/** What the server's checks said when the record was last saved. */
export function FindingsPanel({
  record,
  findings,
  unsaved,
}: {
  record: DisbursementDetail | null;
  findings: readonly ShownFinding[];
  unsaved: boolean;
}) {
  const t = useTranslations("entry.findings");
  if (record === null) {
    return (
      <Card title={t("title")} headingLevel={2}>
        <p className="quiet">{t("beforeSaving")}</p>
      </Card>
    );
  }
  const at = momentText(record.updatedAt).slice(11);
  return (
    <Card title={t("title")} note={unsaved ? t("before", { at }) : t("asOf", { at })}>
      <FindingList findings={findings} empty={t("none")} onLook={lookAt} />
    </Card>
  );
}
