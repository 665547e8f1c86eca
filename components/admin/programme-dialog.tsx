"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { updateProgramme } from "@/lib/features/admin/client";
import type { AdminProgramme } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { NamesFields, textOf } from "./names-fields";

type Props = { programme: AdminProgramme | null; onClose: () => void; onChanged: () => void };

export const MONTHS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;
const FORM = "edit-programme";

export function ProgrammeDialog({ programme, onClose, onChanged }: Props) {
  const t = useTranslations("admin");
  const tMonth = useTranslations("common.chart.months");
  const { busy, failure, errorOf, run } = useCommand();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!programme) return;
    const data = new FormData(event.currentTarget);
    const changed = await run(() =>
      updateProgramme(programme.code, {
        version: programme.version,
        nameZh: textOf(data, "nameZh"),
        nameEn: textOf(data, "nameEn"),
        seasonMonths: data.getAll("month").map(Number),
        active: data.get("active") === "on",
      }),
    );
    if (changed) onChanged();
  }

  return (
    <Dialog
      open={programme !== null}
      onClose={onClose}
      busy={busy}
      size="wide"
      title={programme ? t("programmes.editTitle", { code: programme.code }) : ""}
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
      {programme && (
        <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
          <FailureNote failure={failure} />
          <NamesFields nameZh={programme.nameZh} nameEn={programme.nameEn} errorOf={errorOf} />
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
                  defaultChecked={programme.seasonMonths.includes(Number(month))}
                />
              ))}
            </div>
          </fieldset>
          <Checkbox
            name="active"
            label={t("inUse")}
            hint={t("programmes.activeHint")}
            defaultChecked={programme.active}
          />
        </form>
      )}
    </Dialog>
  );
}
