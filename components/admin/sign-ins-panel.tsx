"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import type { FailedSignIn } from "@/lib/features/admin/schema";
import { clockTime } from "@/lib/kernel/written";
import styles from "./admin.module.css";

/** From here on the name rests for that address (prisma/sql/40-sign-in.sql). */
const RESTS_AT = 5;

function useColumns(): DataColumn<FailedSignIn>[] {
  const t = useTranslations("admin.signIns");
  const english = useLocale() === "en";
  return [
    {
      id: "tried",
      header: t("tried"),
      hideable: false,
      cell: ({ triedAt }) => <span className="nowrap">{clockTime(triedAt)}</span>,
    },
    {
      id: "account",
      header: t("account"),
      hideable: false,
      cell: ({ user }) =>
        user ? (
          <span>
            {english ? user.nameEn : user.nameZh}
            <span className={styles.account}>{user.username}</span>
          </span>
        ) : (
          <span className="quiet">{t("nobody")}</span>
        ),
    },
    {
      id: "address",
      header: t("address"),
      cell: ({ address }) => (address === "signed-in" ? t("signedIn") : address),
    },
    { id: "failures", header: t("failures"), align: "end", cell: ({ failures }) => failures },
    {
      id: "now",
      header: t("now"),
      cell: ({ failedInARow }) => {
        if (failedInARow === 0) return <Badge tone="success">{t("gotIn")}</Badge>;
        return failedInARow >= RESTS_AT ? (
          <Badge tone="warning">{t("rests", { count: failedInARow })}</Badge>
        ) : (
          <Badge>{t("inARow", { count: failedInARow })}</Badge>
        );
      },
    },
    {
      id: "first",
      header: t("first"),
      phone: "hidden",
      cell: ({ firstAt }) => <span className="nowrap">{clockTime(firstAt)}</span>,
    },
  ];
}

export function SignInsPanel({ items }: { items: FailedSignIn[] }) {
  const t = useTranslations("admin.signIns");
  const columns = useColumns();
  return (
    <DataTable
      id="sign-ins"
      caption={t("caption")}
      columns={columns}
      rows={items}
      rowId={(row) => row.id}
      rowName={(row) => `${clockTime(row.triedAt)} ${row.user?.username ?? t("nobody")}`}
      toolbar={<span className="quiet">{t("lead")}</span>}
      empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
    />
  );
}
