"use client";

import { useTranslations } from "next-intl";
import type { DataColumn } from "@/components/table/columns";
import { Button } from "@/components/ui/button";
import { useInUseColumn } from "./kept-table";

type Coded = { code: string; active: boolean };

/** Whether it is in use, and the way to change it: the last columns of whatever has a code. */
export function useCodedColumns<Row extends Coded>(open: (row: Row) => void): DataColumn<Row>[] {
  const t = useTranslations("admin");
  return [
    useInUseColumn<Row>(),
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (row) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("edit")} ${row.code}`}
          onClick={() => open(row)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
}
