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
import type { AdminUser } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { namesOf, NamesFields } from "./names-fields";
import type { NewPassword } from "./password-once";
import { UserIdentities } from "./user-identities";
import { UserRoles } from "./user-roles";
import { UserSecurity } from "./user-security";

type Props = {
  user: AdminUser;
  isSelf: boolean;
  reference: PageReference;
  onClose: () => void;
  onChanged: (user: AdminUser) => void;
  onPassword: (given: NewPassword) => void;
  /** What takes two administrators was asked for. */
  onAsked: () => void;
};

function NamesPart({ user, onChanged }: Pick<Props, "user" | "onChanged">) {
  const t = useTranslations("admin");
  const show = useToast();
  const { busy, failure, errorOf, run } = useCommand();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = { version: user.version, ...namesOf(new FormData(event.currentTarget)) };
    const outcome = await run((send) => send(updateUser, { id: user.id, body }));
    if (!outcome.ok) return;
    show(t("saved"));
    onChanged(outcome.answer);
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

export function UserDialog(props: Props) {
  const { user, isSelf, reference, onClose, onChanged, onPassword, onAsked } = props;
  const t = useTranslations("admin.users");
  return (
    <Dialog onClose={onClose} size="wide" title={t("manageTitle", { username: user.username })}>
      {isSelf ? (
        <Callout tone="info">{t("selfNote")}</Callout>
      ) : (
        <div className={styles.form}>
          <NamesPart user={user} onChanged={onChanged} />
          <UserRoles user={user} reference={reference} onChanged={onChanged} onAsked={onAsked} />
          <UserIdentities user={user} onChanged={onChanged} onAsked={onAsked} />
          <UserSecurity
            user={user}
            onChanged={onChanged}
            onPassword={onPassword}
            onAsked={onAsked}
          />
        </div>
      )}
    </Dialog>
  );
}
