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
import styles from "./admin.module.css";
import { useCodedColumns } from "./coded-columns";
import { NewOrganisationDialog } from "./new-organisation-dialog";
import { OrganisationDialog } from "./organisation-dialog";
import { useName } from "./words";

function useColumns(
  organisations: readonly AdminOrganisation[],
  open: (organisation: AdminOrganisation) => void,
) {
  const t = useTranslations("admin");
  const tKind = useTranslations("labels.organisationKind");
  const name = useName();
  const byCode = new Map(organisations.map((organisation) => [organisation.code, organisation]));
  const columns: DataColumn<AdminOrganisation>[] = [
    { id: "code", header: t("code"), hideable: false, cell: ({ code }) => code },
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
      cell: ({ parent }) => {
        const above = parent === null ? undefined : byCode.get(parent);
        return above ? name(above) : "—";
      },
    },
    ...useCodedColumns(open),
  ];
  return columns;
}

export function OrganisationsPanel({ organisations }: { organisations: AdminOrganisation[] }) {
  const t = useTranslations("admin.organisations");
  const router = useRouter();
  const [isNew, setNew] = useState(false);
  const [open, setOpen] = useState<AdminOrganisation | null>(null);
  const [typed, setTyped] = useState("");
  const columns = useColumns(organisations, setOpen);
  const wanted = typed.trim().toLowerCase();
  const rows = organisations.filter((o) =>
    [o.code, o.nameZh, o.nameEn].some((text) => text.toLowerCase().includes(wanted)),
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
            <TextInput
              type="search"
              className={styles.search}
              aria-label={t("search")}
              placeholder={t("search")}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <span className="quiet">{t("count", { count: rows.length })}</span>
          </>
        }
        empty={<EmptyState title={t("empty")} compact />}
      />
      {isNew && (
        <NewOrganisationDialog
          organisations={organisations}
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
