"use client";

import { useTranslations } from "next-intl";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { createAdminRequest } from "@/lib/features/admin-requests/client";
import { createUser } from "@/lib/features/admin/client";
import { needsTwo } from "@/lib/features/admin/policy";
import type { PasswordOnce } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { KeptDialog } from "./kept-dialog";
import { namesOf, NamesFields, textOf } from "./names-fields";
import { byTwo, RoleFields, roleOf } from "./role-fields";

type Props = {
  reference: PageReference;
  onClose: () => void;
  onCreated: (created: PasswordOnce) => void;
  onAsked: () => void;
};

export function NewUserDialog({ reference, onClose, onCreated, onAsked }: Props) {
  const t = useTranslations("admin.users");
  const command = useCommand();
  const { errorOf } = command;

  async function create(data: FormData) {
    const body = {
      username: textOf(data, "username"),
      ...namesOf(data),
      membership: roleOf(data),
    };
    if (needsTwo(body.membership.role)) {
      const asked = { ...body, kind: "open-account" as const, membership: byTwo(body.membership) };
      if ((await command.run((send) => send(createAdminRequest, { body: asked }))).ok) onAsked();
      return;
    }
    const outcome = await command.run((send) => send(createUser, { body }));
    if (outcome.ok) onCreated(outcome.answer);
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("new")}
      verb={{ confirm: t("create"), confirming: t("creating") }}
      note={t("newLead")}
      onConfirm={(data) => void create(data)}
    >
      <Field label={t("username")} hint={t("usernameHint")} error={errorOf("username")} required>
        {(control) => (
          <TextInput
            {...control}
            name="username"
            maxLength={40}
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <NamesFields person errorOf={errorOf} />
      <RoleFields reference={reference} errorOf={errorOf} path="membership." />
    </KeptDialog>
  );
}
