"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea, TextInput } from "@/components/form/text-input";
import { putWorkdays } from "@/lib/features/workdays/client";
import { daysIn } from "@/lib/features/workdays/rules";
import type { WorkdayYear } from "@/lib/features/workdays/schema";

type Props = {
  /** Null for a new year. */
  kept: WorkdayYear | null;
  year: number;
  onClose: () => void;
  onDone: () => void;
};

const FIELDS = { restDays: "rest", workDays: "work" } as const;

export function WorkdaysDialog({ kept, year, onClose, onDone }: Props) {
  const t = useTranslations("admin.workdays");
  const command = useCommand();
  const { errorOf } = command;
  const [texts, setTexts] = useState({
    restDays: (kept?.restDays ?? []).map((day) => day.slice(5)).join("\n"),
    workDays: (kept?.workDays ?? []).map((day) => day.slice(5)).join("\n"),
  });
  const read = { restDays: daysIn(texts.restDays, year), workDays: daysIn(texts.workDays, year) };
  const said = (field: "restDays" | "workDays") =>
    read[field].strange === null
      ? t("read", { count: read[field].days.length })
      : t("strange", { text: read[field].strange });

  async function save(data: FormData) {
    if (read.restDays.strange !== null || read.workDays.strange !== null) return;
    const body = {
      version: kept?.version ?? 0,
      source: String(data.get("source")),
      restDays: read.restDays.days,
      workDays: read.workDays.days,
    };
    const outcome = await command.run((send) => send(putWorkdays, { id: String(year), body }));
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      title={t("of", { year: String(year) })}
      note={t("how")}
      onConfirm={(data) => void save(data)}
    >
      <Field label={t("source")} hint={t("sourceHint")} error={errorOf("source")} required>
        {(control) => (
          <TextInput {...control} name="source" defaultValue={kept?.source} maxLength={120} />
        )}
      </Field>
      {(["restDays", "workDays"] as const).map((field) => (
        <div key={field}>
          <Field label={t(FIELDS[field])} hint={t(`${FIELDS[field]}Hint`)} error={errorOf(field)}>
            {(control) => (
              <TextArea
                {...control}
                rows={6}
                value={texts[field]}
                onChange={({ target }) => setTexts({ ...texts, [field]: target.value })}
              />
            )}
          </Field>
          <p className="quiet" aria-live="polite">
            {said(field)}
          </p>
        </div>
      ))}
    </KeptDialog>
  );
}
