"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FindingList } from "@/components/disbursements/finding-list";
import { momentText } from "@/lib/kernel/written";
import type { ShownFinding } from "@/lib/features/findings/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { landingId } from "./entry-context";
import type { FormCheck } from "./use-check";

function lookAt(path: string): void {
  const field = document.getElementById(landingId(path));
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

const CHECKED = { current: "now", alone: "alone", typing: "beforeChange" } as const;

/** What the checks say: of what is typed, else of the record as it was last saved. */
export function FindingsPanel({
  record,
  findings,
  unsaved,
  check,
}: {
  record: DisbursementDetail | null;
  findings: readonly ShownFinding[];
  unsaved: boolean;
  /** Of what is typed and not saved yet. */
  check: FormCheck | null;
}) {
  const t = useTranslations("entry.findings");
  if (check) {
    return (
      <Card title={t("title")} note={t(CHECKED[check.state])}>
        <FindingList findings={findings} empty={t("none")} onLook={lookAt} record={record?.id} />
      </Card>
    );
  }
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
      <FindingList findings={findings} empty={t("none")} onLook={lookAt} record={record?.id} />
    </Card>
  );
}
