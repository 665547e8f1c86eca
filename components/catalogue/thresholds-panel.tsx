"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { thresholdText } from "@/lib/features/catalogue/present";
import type { FindingThreshold } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { ThresholdDialog } from "./threshold-dialog";

type Props = { thresholds: FindingThreshold[]; reference: PageReference };

/** What a threshold asks for, as a sentence. */
function useThresholdWords(): (threshold: FindingThreshold) => string {
  const t = useTranslations("admin.thresholds.means");
  return ({ threshold, value }) => t(threshold, { value: thresholdText(threshold, value) });
}

function useColumns(open: (threshold: FindingThreshold) => void): DataColumn<FindingThreshold>[] {
  const t = useTranslations("admin");
  const name = useName();
  const words = useThresholdWords();
  return [
    { id: "means", header: t("thresholds.asks"), width: "26em", hideable: false, cell: words },
    {
      id: "organisation",
      header: t("rules.where"),
      width: "13em",
      hideable: false,
      cell: ({ organisationZh, organisationEn }) =>
        organisationZh === null
          ? t("rules.everywhere")
          : t("rules.below", {
              name: name({ nameZh: organisationZh, nameEn: organisationEn ?? organisationZh }),
            }),
    },
    {
      id: "year",
      header: t("thresholds.year"),
      hideable: false,
      cell: ({ year }) => (year === null ? t("thresholds.everyYear") : String(year)),
    },
    {
      id: "status",
      header: t("status"),
      cell: ({ active }) => (
        <Badge tone={active ? "success" : "neutral"}>{active ? t("inUse") : t("retired")}</Badge>
      ),
    },
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (threshold) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("edit")} ${words(threshold)}`}
          onClick={() => open(threshold)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
}

export function ThresholdsPanel({ thresholds, reference }: Props) {
  const t = useTranslations("admin.thresholds");
  const router = useRouter();
  const words = useThresholdWords();
  const [open, setOpen] = useState<FindingThreshold | "new" | null>(null);
  const columns = useColumns(setOpen);
  return (
    <>
      <DataTable
        id="admin-thresholds"
        caption={t("caption")}
        columns={columns}
        rows={thresholds}
        rowId={({ id }) => id}
        rowName={words}
        toolbar={
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setOpen("new")}
          >
            {t("new")}
          </Button>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
      {open && (
        <ThresholdDialog
          held={open === "new" ? null : open}
          reference={reference}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
