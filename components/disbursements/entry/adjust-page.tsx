"use client";

import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import type { AdjustView } from "@/lib/features/disbursements/types";
import { AdjustForm } from "./adjust-form";
import { CopyGate } from "./copy-gate";
import { useVisit } from "./use-visit";

export function AdjustPage({ view }: { view: AdjustView }) {
  const t = useTranslations("disbursement.adjust");
  const { userId, record } = view;
  const { visit, onAddress } = useVisit(false);
  const copyId = useSearchParams().get("copy");
  return (
    <div className="stack">
      <PageHeader title={t("title", { reference: record.reference })} lead={t("lead")} />
      <Card>
        <CopyGate
          key={visit}
          userId={userId}
          kind="correction"
          copyId={copyId}
          recordId={record.id}
        >
          {({ copy, live }) => (
            <AdjustForm {...view} copy={copy} live={live} onAddress={onAddress} />
          )}
        </CopyGate>
      </Card>
    </div>
  );
}
