"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { later } from "@/components/ui/later";

const EvidenceSheet = later(() => import("./evidence-sheet").then((part) => part.EvidenceSheet));

/** 凭证 of a record that is saved. What it takes to send a file is fetched with the sheet, and not with the page. */
export function EvidenceCard({
  record,
  refreshes,
}: {
  record: string;
  refreshes?: boolean | undefined;
}) {
  const t = useTranslations("attachments");
  return (
    <Card id="evidence" title={t("title")} note={t("lead")}>
      <EvidenceSheet key={record} owner={{ of: "record", id: record }} refreshes={refreshes} />
    </Card>
  );
}
