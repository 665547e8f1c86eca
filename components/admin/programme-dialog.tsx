"use client";

import { useTranslations } from "next-intl";
import { NoticeField, noticeOf, OrderField, orderOf } from "./code-fields";
import { ClaimsFields, claimsOf } from "./claims-fields";
import { KeptDialog } from "./kept-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { updateProgramme } from "@/lib/features/admin/client";
import type { AdminProgramme } from "@/lib/features/admin/schema";
import { MonthsFields, monthsOf } from "./months-fields";
import { namesOf, NamesFields } from "./names-fields";

type Props = { programme: AdminProgramme; onClose: () => void; onChanged: () => void };

export function ProgrammeDialog({ programme, onClose, onChanged }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { code, version, nameZh, nameEn, seasonMonths, sortOrder, contributory, active } =
    programme;
  const { noticeFromYear } = programme;

  async function save(data: FormData) {
    const body = {
      version,
      ...namesOf(data),
      ...orderOf(data),
      seasonMonths: monthsOf(data),
      ...noticeOf(data),
      ...claimsOf(data),
      contributory: data.get("contributory") === "on",
      active: data.get("active") === "on",
    };
    const outcome = await command.run((send) => send(updateProgramme, { id: code, body }));
    if (outcome.ok) onChanged();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("programmes.editTitle", { code })}
      inUse={{ active, hint: t("programmes.activeHint") }}
      onConfirm={(data) => void save(data)}
    >
      <NamesFields nameZh={nameZh} nameEn={nameEn} errorOf={command.errorOf} />
      <OrderField value={sortOrder} error={command.errorOf("sortOrder")} />
      <MonthsFields months={seasonMonths} />
      <NoticeField value={noticeFromYear} error={command.errorOf("noticeFromYear")} />
      <ClaimsFields claims={programme.claims} errorOf={command.errorOf} />
      <Checkbox
        name="contributory"
        label={t("programmes.contributoryLabel")}
        hint={command.errorOf("contributory") ?? t("programmes.contributoryHint")}
        defaultChecked={contributory}
      />
    </KeptDialog>
  );
}
