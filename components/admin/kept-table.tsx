"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Ways out of a dialog; done = the list is read again. */
type Ways = { onClose: () => void; onDone: () => void };

type KeptTableProps<Row> = {
  id: string;
  caption: string;
  columns: DataColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** What a row is called where only its name is heard. */
  rowName: (row: Row) => string;
  add: string;
  empty?: { title: string; hint: string };
  /** Null: a new one. */
  dialog: (row: Row | null, ways: Ways) => ReactNode;
};

/** Whether it is still offered or still holds. */
export function useInUseColumn<Row extends { active: boolean }>(): DataColumn<Row> {
  const t = useTranslations("admin");
  return {
    id: "status",
    header: t("status"),
    cell: ({ active }) => (
      <Badge tone={active ? "success" : "neutral"}>{active ? t("inUse") : t("retired")}</Badge>
    ),
  };
}

/** What an administrator keeps: a list, one more, and each row changed in a dialog. */
export function KeptTable<Row extends object>(props: KeptTableProps<Row>) {
  const { id, caption, rows, rowId, rowName, add, empty, dialog } = props;
  const t = useTranslations("admin");
  const router = useRouter();
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const close = () => setOpen(null);
  const columns: DataColumn<Row>[] = [
    ...props.columns,
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (row) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("edit")} ${rowName(row)}`}
          onClick={() => setOpen(row)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable
        id={id}
        caption={caption}
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        toolbar={
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setOpen("new")}
          >
            {add}
          </Button>
        }
        empty={empty && <EmptyState title={empty.title}>{empty.hint}</EmptyState>}
      />
      {open &&
        dialog(open === "new" ? null : open, {
          onClose: close,
          onDone: () => {
            close();
            router.refresh();
          },
        })}
    </>
  );
}
