"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createUser } from "@/lib/features/admin/client";
import type { AdminOrganisation, PasswordOnce } from "@/lib/features/admin/schema";
import { newIdempotencyKey } from "@/lib/browser/api-client";
import styles from "./admin.module.css";
import { NamesFields, textOf } from "./names-fields";
import { RoleFields, roleOf } from "./role-fields";

type Props = {
  open: boolean;
  organisations: readonly AdminOrganisation[];
  onClose: () => void;
  onCreated: (created: PasswordOnce) => void;
};

const FORM = "new-user";

export function NewUserDialog({ open, organisations, onClose, onCreated }: Props) {
  const t = useTranslations("admin");
  const { busy, failure, errorOf, clear, run } = useCommand();
  const [key, setKey] = useState(newIdempotencyKey);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = {
      username: textOf(data, "username"),
      nameZh: textOf(data, "nameZh"),
      nameEn: textOf(data, "nameEn"),
      membership: roleOf(data),
    };
    const created = await run(() => createUser({ body, idempotencyKey: key }));
    setKey(newIdempotencyKey());
    if (created) onCreated(created);
  }

  function close() {
    clear();
    onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      busy={busy}
      size="wide"
      title={t("users.new")}
      actions={
        <>
          <Button onClick={close} disabled={busy}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={FORM} variant="primary" busy={busy}>
            {busy ? t("users.creating") : t("users.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet">{t("users.newLead")}</p>
        <FailureNote failure={failure} />
        <Field
          label={t("users.username")}
          hint={t("users.usernameHint")}
          error={errorOf("username")}
          required
        >
          {(control) => (
            <TextInput
              {...control}
              name="username"
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <NamesFields person errorOf={errorOf} />
        <RoleFields organisations={organisations} errorOf={errorOf} path="membership." />
      </form>
    </Dialog>
  );
}
