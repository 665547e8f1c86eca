"use client";

import { useTranslations } from "next-intl";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";

type Placed = { organisationZh: string | null; organisationEn: string | null };

/** Where a rule holds: everywhere, or at a union and below it. */
export function useWhereColumn<Row extends Placed>(): DataColumn<Row> {
  const t = useTranslations("admin.rules");
  const name = useName();
  return {
    id: "organisation",
    header: t("where"),
    width: "13em",
    hideable: false,
    cell: ({ organisationZh, organisationEn }) =>
      organisationZh === null
        ? t("everywhere")
        : t("below", {
            name: name({ nameZh: organisationZh, nameEn: organisationEn ?? organisationZh }),
          }),
  };
}
