"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextInput } from "@/components/form/text-input";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AdminOrganisation } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { useCodedColumns } from "./coded-columns";
import { NewOrganisationDialog } from "./new-organisation-dialog";
import { OrganisationDialog } from "./organisation-dialog";
import { useName } from "./words";

function useColumns(open: (organisation: AdminOrganisation) => void) {
  const t = useTranslations("admin");
  const tKind = useTranslations("labels.organisationKind");
  const name = useName();
  const columns: DataColumn<AdminOrganisation>[] = [
    { id: "code", header: t("code"), width: "7em", hideable: false, cell: ({ code }) => code },
    {
      id: "nameZh",
      header: t("nameZh"),
      width: "12em",
      cell: ({ nameZh }) => <span lang="zh-CN">{nameZh}</span>,
    },
    {
      id: "nameEn",
      header: t("nameEn"),
      width: "16em",
      phone: "hidden",
      cell: ({ nameEn }) => <span lang="en">{nameEn}</span>,
    },
    { id: "kind", header: t("organisations.kind"), cell: ({ kind }) => tKind(kind) },
    {
      id: "parent",
      header: t("organisations.parent"),
      width: "10em",
      phone: "hidden",
      cell: ({ parentZh, parentEn }) =>
        parentZh === null || parentEn === null ? "—" : name({ nameZh: parentZh, nameEn: parentEn }),
    },
    ...useCodedColumns(open),
  ];
  return columns;
}

type PanelView = {
  items: AdminOrganisation[];
  /** There are more than stand here: they are found by words. */
  more: boolean;
  q: string;
  reference: PageReference;
};

export function OrganisationsPanel({ view }: { view: PanelView }) {
  const { items, more, q, reference } = view;
  const t = useTranslations("admin.organisations");
  const router = useRouter();
  const [isNew, setNew] = useState(false);
  const [open, setOpen] = useState<AdminOrganisation | null>(null);
  const [typed, setTyped] = useState(q);
  const columns = useColumns(setOpen);
  const asks = more || q !== "";
  const wanted = typed.trim().toLowerCase();
  const rows = items.filter(
    (o) => asks || [o.code, o.nameZh, o.nameEn].some((text) => text.toLowerCase().includes(wanted)),
  );

  function done() {
    setNew(false);
    setOpen(null);
    router.refresh();
  }

  return (
    <>
      <DataTable
        id="admin-organisations"
        caption={t("caption")}
        columns={columns}
        rows={rows}
        rowId={({ code }) => code}
        rowName={({ code, nameZh }) => `${code} ${nameZh}`}
        toolbar={
          <>
            <Button
              variant="primary"
              icon={<Plus size={16} aria-hidden />}
              onClick={() => setNew(true)}
            >
              {t("new")}
            </Button>
            <form
              action="/admin/organisations"
              role="search"
              // all of them stand here: typing alone finds them
              onSubmit={(event) => !asks && event.preventDefault()}
            >
              <TextInput
                type="search"
                name="q"
                maxLength={60}
                className={styles.search}
                aria-label={t("search")}
                placeholder={t("search")}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </form>
            <span className="quiet">
              {more ? t("more", { count: rows.length }) : t("count", { count: rows.length })}
            </span>
          </>
        }
        empty={<EmptyState title={t("empty")} compact />}
      />
      {isNew && (
        <NewOrganisationDialog
          reference={reference}
          onClose={() => setNew(false)}
          onCreated={done}
        />
      )}
      {open && (
        <OrganisationDialog organisation={open} onClose={() => setOpen(null)} onChanged={done} />
      )}
    </>
  );
}
