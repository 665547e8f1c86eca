"use client";

import { UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useToast } from "@/components/ui/toast";
import type { AdminUser } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { NewUserDialog } from "./new-user-dialog";
import { PasswordOnce, type NewPassword } from "./password-once";
import { UserDialog } from "./user-dialog";
import { useName, useRoleAt } from "./words";

type Props = {
  users: AdminUser[];
  reference: PageReference;
  selfId: string;
};

function useColumns({ selfId }: Pick<Props, "selfId">, open: (user: AdminUser) => void) {
  const t = useTranslations("admin");
  const name = useName();
  const roleAt = useRoleAt();
  const columns: DataColumn<AdminUser>[] = [
    { id: "username", header: t("users.username"), hideable: false, cell: (user) => user.username },
    {
      id: "name",
      header: t("users.name"),
      width: "8em",
      cell: (user) => (
        <>
          {name(user)}
          {user.id === selfId && <span className={styles.sub}>{t("users.self")}</span>}
        </>
      ),
    },
    {
      id: "roles",
      header: t("users.roles"),
      width: "16em",
      cell: ({ memberships }) =>
        memberships.length === 0 ? (
          <span className="quiet">{t("users.none")}</span>
        ) : (
          <ul className={styles.roles}>
            {memberships.map((membership) => (
              <li key={membership.id}>{roleAt(membership)}</li>
            ))}
          </ul>
        ),
    },
    {
      id: "status",
      header: t("status"),
      cell: ({ active }) => (
        <Badge tone={active ? "success" : "neutral"}>
          {active ? t("users.active") : t("users.disabled")}
        </Badge>
      ),
    },
    {
      id: "created",
      header: t("users.created"),
      phone: "hidden",
      cell: ({ createdAt }) => <span className="nowrap">{createdAt.slice(0, 10)}</span>,
    },
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (user) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("manage")} ${user.username}`}
          onClick={() => open(user)}
        >
          {t("manage")}
        </Button>
      ),
    },
  ];
  return columns;
}

export function UsersPanel(props: Props) {
  const { users, reference, selfId } = props;
  const t = useTranslations("admin.users");
  const router = useRouter();
  const show = useToast();
  const tAsk = useTranslations("admin.requests");
  const [isNew, setNew] = useState(false);
  const [open, setOpen] = useState<AdminUser | null>(null);
  const [password, setPassword] = useState<NewPassword | null>(null);
  const columns = useColumns(props, setOpen);

  function asked() {
    setNew(false);
    setOpen(null);
    show(tAsk("sent"));
    router.refresh();
  }

  return (
    <>
      <DataTable
        id="admin-users"
        caption={t("caption")}
        columns={columns}
        rows={users}
        rowId={(user) => user.id}
        rowName={(user) => user.username}
        toolbar={
          <>
            <Button
              variant="primary"
              icon={<UserRoundPlus size={16} aria-hidden />}
              onClick={() => setNew(true)}
            >
              {t("new")}
            </Button>
            <span className="quiet">{t("page", { count: users.length })}</span>
          </>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
      {isNew && (
        <NewUserDialog
          reference={reference}
          onClose={() => setNew(false)}
          onAsked={asked}
          onCreated={(created) => {
            setNew(false);
            setPassword({ username: created.user.username, password: created.password });
            router.refresh();
          }}
        />
      )}
      {open && (
        <UserDialog
          key={`${open.id}-${open.version}`}
          user={open}
          isSelf={open.id === selfId}
          reference={reference}
          onClose={() => setOpen(null)}
          onAsked={asked}
          onChanged={(user) => {
            setOpen(user);
            router.refresh();
          }}
          onPassword={(given) => {
            setOpen(null);
            setPassword(given);
          }}
        />
      )}
      {password && <PasswordOnce {...password} onClose={() => setPassword(null)} />}
    </>
  );
}
