"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { updateUser } from "@/lib/features/admin/client";
import type { AdminOrganisation, AdminUser } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { NamesFields, textOf } from "./names-fields";
import type { OncePassword } from "./password-once";
import { UserRoles } from "./user-roles";
import { UserSecurity } from "./user-security";

type Props = {
  user: AdminUser | null;
  isSelf: boolean;
  organisations: readonly AdminOrganisation[];
  onClose: () => void;
  onChanged: (user: AdminUser) => void;
  onPassword: (once: OncePassword) => void;
};

function NamesPart({ user, onChanged }: Pick<Props, "onChanged"> & { user: AdminUser }) {
  const t = useTranslations("admin");
  const show = useToast();
  const { busy, failure, errorOf, run } = useCommand();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const changed = await run(() =>
      updateUser(user.id, {
        version: user.version,
        nameZh: textOf(data, "nameZh"),
        nameEn: textOf(data, "nameEn"),
      }),
    );
    if (!changed) return;
    show(t("saved"));
    onChanged(changed);
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <FailureNote failure={failure} />
      <NamesFields person nameZh={user.nameZh} nameEn={user.nameEn} errorOf={errorOf} />
      <div>
        <Button type="submit" busy={busy}>
          {busy ? t("saving") : t("save")}
        </Button>
      </div>
    </form>
  );
}

export function UserDialog({ user, isSelf, organisations, onClose, onChanged, onPassword }: Props) {
  const t = useTranslations("admin.users");
  return (
    <Dialog
      open={user !== null}
      onClose={onClose}
      size="wide"
      title={user ? t("manageTitle", { username: user.username }) : ""}
    >
      {user &&
        (isSelf ? (
          <Callout tone="info">{t("selfNote")}</Callout>
        ) : (
          <div className={styles.form}>
            <NamesPart user={user} onChanged={onChanged} />
            <UserRoles user={user} organisations={organisations} onChanged={onChanged} />
            <UserSecurity user={user} onChanged={onChanged} onPassword={onPassword} />
          </div>
        ))}
    </Dialog>
  );
}
