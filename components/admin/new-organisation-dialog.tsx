"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createOrganisation } from "@/lib/features/admin/client";
import type { AdminOrganisation } from "@/lib/features/admin/schema";
import { NEW_KINDS, PARENT_KINDS } from "@/lib/features/admin/types";
import { newIdempotencyKey } from "@/lib/browser/api-client";
import styles from "./admin.module.css";
import { NamesFields, textOf } from "./names-fields";
import { useOrganisationOptions } from "./words";

type Props = {
  open: boolean;
  organisations: readonly AdminOrganisation[];
  onClose: () => void;
  onCreated: () => void;
};

type NewKind = (typeof NEW_KINDS)[number];
const FORM = "new-organisation";

export function NewOrganisationDialog({ open, organisations, onClose, onCreated }: Props) {
  const t = useTranslations("admin");
  const tCommon = useTranslations("common");
  const tKind = useTranslations("labels.organisationKind");
  const [kind, setKind] = useState<NewKind>("GRASS_ROOTS");
  const [key, setKey] = useState(newIdempotencyKey);
  const { busy, failure, errorOf, clear, run } = useCommand();
  const parents = useOrganisationOptions(
    organisations.filter((parent) => PARENT_KINDS[kind].includes(parent.kind)),
  );

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = {
      code: textOf(data, "code"),
      nameZh: textOf(data, "nameZh"),
      nameEn: textOf(data, "nameEn"),
      kind,
      parent: textOf(data, "parent"),
    };
    const created = await run(() => createOrganisation({ body, idempotencyKey: key }));
    setKey(newIdempotencyKey());
    if (created) onCreated();
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
      title={t("organisations.new")}
      actions={
        <>
          <Button onClick={close} disabled={busy}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={FORM} variant="primary" busy={busy}>
            {busy ? t("organisations.creating") : t("organisations.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet">{t("organisations.newLead")}</p>
        <FailureNote failure={failure} />
        <div className={styles.pair}>
          <Field label={t("organisations.kind")} error={errorOf("kind")} required>
            {(control) => (
              <Select
                {...control}
                name="kind"
                value={kind}
                options={NEW_KINDS.map((value) => ({ value, label: tKind(value) }))}
                onChange={(event) =>
                  setKind(NEW_KINDS.find((value) => value === event.target.value) ?? kind)
                }
              />
            )}
          </Field>
          <Field label={t("organisations.parent")} error={errorOf("parent")} required>
            {(control) => (
              <Select
                {...control}
                key={kind}
                name="parent"
                options={parents}
                placeholder={tCommon("choose")}
              />
            )}
          </Field>
        </div>
        <Field
          label={t("code")}
          hint={t("organisations.codeHint")}
          error={errorOf("code")}
          required
        >
          {(control) => <TextInput {...control} name="code" maxLength={20} autoComplete="off" />}
        </Field>
        <NamesFields errorOf={errorOf} />
      </form>
    </Dialog>
  );
}
