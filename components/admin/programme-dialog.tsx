"use client";

import { useTranslations } from "next-intl";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { updateProgramme } from "@/lib/features/admin/client";
import type { AdminProgramme } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { namesOf, NamesFields } from "./names-fields";

type Props = { programme: AdminProgramme; onClose: () => void; onChanged: () => void };

export const MONTHS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

export function ProgrammeDialog({ programme, onClose, onChanged }: Props) {
  const t = useTranslations("admin");
  const tMonth = useTranslations("common.chart.months");
  const command = useCommand();
  const { code, version, nameZh, nameEn, seasonMonths, active } = programme;

  async function save(data: FormData) {
    const body = {
      version,
      ...namesOf(data),
      seasonMonths: data.getAll("month").map(Number),
      active: data.get("active") === "on",
    };
    const outcome = await command.run((send) => send(updateProgramme, { id: code, body }));
    if (outcome.ok) onChanged();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("programmes.editTitle", { code })}
      confirm={t("save")}
      confirming={t("saving")}
      onConfirm={(data) => void save(data)}
    >
      <NamesFields nameZh={nameZh} nameEn={nameEn} errorOf={command.errorOf} />
      <fieldset className={styles.group}>
        <legend>{t("programmes.months")}</legend>
        <p className="quiet">{t("programmes.monthsHint")}</p>
        <div className={styles.months}>
          {MONTHS.map((month) => (
            <Checkbox
              key={month}
              name="month"
              value={month}
              label={tMonth(month)}
              defaultChecked={seasonMonths.includes(Number(month))}
            />
          ))}
        </div>
      </fieldset>
      <Checkbox
        name="active"
        label={t("inUse")}
        hint={t("programmes.activeHint")}
        defaultChecked={active}
      />
    </CommandDialog>
  );
}
