"use client";

import { useTranslations } from "next-intl";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { createUser } from "@/lib/features/admin/client";
import type { PasswordOnce } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { namesOf, NamesFields, textOf } from "./names-fields";
import { RoleFields, roleOf } from "./role-fields";

type Props = {
  reference: PageReference;
  onClose: () => void;
  onCreated: (created: PasswordOnce) => void;
};

export function NewUserDialog({ reference, onClose, onCreated }: Props) {
  const t = useTranslations("admin.users");
  const command = useCommand();
  const { errorOf } = command;

  async function create(data: FormData) {
    const body = {
      username: textOf(data, "username"),
      ...namesOf(data),
      membership: roleOf(data),
    };
    const outcome = await command.run((send) => send(createUser, { body }));
    if (outcome.ok) onCreated(outcome.answer);
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("new")}
      confirm={t("create")}
      confirming={t("creating")}
      onConfirm={(data) => void create(data)}
    >
      <p className="quiet">{t("newLead")}</p>
      <Field label={t("username")} hint={t("usernameHint")} error={errorOf("username")} required>
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
      <RoleFields reference={reference} errorOf={errorOf} path="membership." />
    </CommandDialog>
  );
}
