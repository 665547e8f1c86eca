"use client";

import { useTranslations } from "next-intl";
import { useName } from "@/components/admin/words";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import type { DataColumn } from "@/components/table/columns";
import { thresholdText } from "@/lib/features/catalogue/present";
import type { FindingThreshold } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { ThresholdDialog } from "./threshold-dialog";
import { useWhereColumn } from "./where-column";

type Props = { thresholds: FindingThreshold[]; reference: PageReference };

/** What a threshold asks for, as a sentence. */
function useThresholdWords(): (threshold: FindingThreshold) => string {
  const t = useTranslations("admin.thresholds.means");
  return ({ threshold, value }) => t(threshold, { value: thresholdText(threshold, value) });
}

function useColumns({ programmes }: PageReference): DataColumn<FindingThreshold>[] {
  const t = useTranslations("admin");
  const words = useThresholdWords();
  const name = useName();
  return [
    { id: "means", header: t("thresholds.asks"), width: "26em", hideable: false, cell: words },
    {
      id: "programme",
      header: t("thresholds.programme"),
      width: "9em",
      hideable: false,
      cell: ({ programme }) => {
        const found = programmes.find(({ code }) => code === programme);
        return found ? name(found) : t("thresholds.everyProgramme");
      },
    },
    useWhereColumn<FindingThreshold>(),
    {
      id: "year",
      header: t("thresholds.year"),
      width: "6em",
      hideable: false,
      cell: ({ year }) => (year === null ? t("thresholds.everyYear") : String(year)),
    },
    useInUseColumn<FindingThreshold>(),
  ];
}

export function ThresholdsPanel({ thresholds, reference }: Props) {
  const t = useTranslations("admin.thresholds");
  return (
    <KeptTable
      id="admin-thresholds"
      caption={t("caption")}
      columns={useColumns(reference)}
      rows={thresholds}
      rowId={({ id }) => id}
      rowName={useThresholdWords()}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(held, ways) => <ThresholdDialog held={held} reference={reference} {...ways} />}
    />
  );
}
