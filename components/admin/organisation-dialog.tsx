"use client";

import { useTranslations } from "next-intl";
import { useCommand } from "@/components/command/use-command";
import { updateOrganisation } from "@/lib/features/admin/client";
import type { AdminOrganisation } from "@/lib/features/admin/schema";
import { KeptDialog } from "./kept-dialog";
import { namesOf, NamesFields } from "./names-fields";

type Props = { organisation: AdminOrganisation; onClose: () => void; onChanged: () => void };

export function OrganisationDialog({ organisation, onClose, onChanged }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { code, version, nameZh, nameEn, active } = organisation;

  async function save(data: FormData) {
    const body = { version, ...namesOf(data), active: data.get("active") === "on" };
    const outcome = await command.run((send) => send(updateOrganisation, { id: code, body }));
    if (outcome.ok) onChanged();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      title={t("organisations.editTitle", { code })}
      inUse={{ active, label: t("organisations.retire"), hint: t("organisations.retireHint") }}
      onConfirm={(data) => void save(data)}
    >
      <NamesFields nameZh={nameZh} nameEn={nameEn} errorOf={command.errorOf} />
    </KeptDialog>
  );
}
