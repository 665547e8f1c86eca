"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { updateOrganisation } from "@/lib/features/admin/client";
import type { AdminOrganisation } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { NamesFields, textOf } from "./names-fields";

type Props = {
  organisation: AdminOrganisation | null;
  onClose: () => void;
  onChanged: () => void;
};

const FORM = "edit-organisation";

export function OrganisationDialog({ organisation, onClose, onChanged }: Props) {
  const t = useTranslations("admin");
  const { busy, failure, errorOf, run } = useCommand();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!organisation) return;
    const data = new FormData(event.currentTarget);
    const changed = await run(() =>
      updateOrganisation(organisation.code, {
        version: organisation.version,
        nameZh: textOf(data, "nameZh"),
        nameEn: textOf(data, "nameEn"),
        active: data.get("active") === "on",
      }),
    );
    if (changed) onChanged();
  }

  return (
    <Dialog
      open={organisation !== null}
      onClose={onClose}
      busy={busy}
      title={organisation ? t("organisations.editTitle", { code: organisation.code }) : ""}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={FORM} variant="primary" busy={busy}>
            {busy ? t("saving") : t("save")}
          </Button>
        </>
      }
    >
      {organisation && (
        <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
          <FailureNote failure={failure} />
          <NamesFields
            nameZh={organisation.nameZh}
            nameEn={organisation.nameEn}
            errorOf={errorOf}
          />
          <Checkbox
            name="active"
            label={t("organisations.retire")}
            hint={t("organisations.retireHint")}
            defaultChecked={organisation.active}
          />
        </form>
      )}
    </Dialog>
  );
}
