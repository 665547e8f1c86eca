"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { TextInput } from "@/components/form/text-input";
import { createOrganisation } from "@/lib/features/admin/client";
import { PARENT_KINDS } from "@/lib/features/admin/types";
import { LOWER_KINDS } from "@/lib/kernel/actor";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { KeptDialog } from "./kept-dialog";
import { namesOf, NamesFields, textOf } from "./names-fields";
import { useOrganisations } from "./words";

type Props = {
  reference: PageReference;
  onClose: () => void;
  onCreated: () => void;
};

type NewKind = (typeof LOWER_KINDS)[number];

export function NewOrganisationDialog({ reference, onClose, onCreated }: Props) {
  const t = useTranslations("admin");
  const tCommon = useTranslations("common");
  const tKind = useTranslations("labels.organisationKind");
  const [kind, setKind] = useState<NewKind>("GRASS_ROOTS");
  const command = useCommand();
  const { errorOf } = command;
  const organisations = useOrganisations(reference);

  async function create(data: FormData) {
    const body = {
      code: textOf(data, "code"),
      ...namesOf(data),
      kind,
      parent: textOf(data, "parent"),
    };
    const outcome = await command.run((send) => send(createOrganisation, { body }));
    if (outcome.ok) onCreated();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("organisations.new")}
      verb={{ confirm: t("organisations.create"), confirming: t("organisations.creating") }}
      note={t("organisations.newLead")}
      onConfirm={(data) => void create(data)}
    >
      <div className={styles.pair}>
        <Field label={t("organisations.kind")} error={errorOf("kind")} required>
          {(control) => (
            <Select
              {...control}
              name="kind"
              value={kind}
              options={LOWER_KINDS.map((value) => ({ value, label: tKind(value) }))}
              onChange={(event) =>
                setKind(LOWER_KINDS.find((value) => value === event.target.value) ?? kind)
              }
            />
          )}
        </Field>
        <Field label={t("organisations.parent")} error={errorOf("parent")} required>
          {(control) => (
            <OrganisationPicker
              {...control}
              key={kind}
              name="parent"
              as="select"
              source={organisations({ kind: [...PARENT_KINDS[kind]] })}
              placeholder={tCommon("choose")}
            />
          )}
        </Field>
      </div>
      <Field label={t("code")} hint={t("organisations.codeHint")} error={errorOf("code")} required>
        {(control) => <TextInput {...control} name="code" maxLength={20} />}
      </Field>
      <NamesFields errorOf={errorOf} />
    </KeptDialog>
  );
}
