"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import type { FigureFilter } from "@/lib/features/filter/types";
import { makeSheets } from "@/lib/features/papers/client";
import type { SheetsMade } from "@/lib/features/papers/types";
import { formatFen } from "@/lib/kernel/money";

type Props = { filter: FigureFilter; onClose: () => void };

/** Makes them first, says how many they are, and then gives the archive. */
export function SheetsDialog({ filter, onClose }: Props) {
  const t = useTranslations("papers");
  const command = useCommand();
  const [made, setMade] = useState<(SheetsMade & { format: string }) | null>(null);
  async function confirm(data: FormData) {
    if (made) return onClose();
    const format = String(data.get("format"));
    const outcome = await command.run((send) => send(makeSheets, { filter, body: {} }));
    if (outcome.ok) setMade({ ...outcome.answer, format });
  }
  const none = command.failure?.code === "NOT_FOUND";
  return (
    <CommandDialog
      command={none ? { busy: command.busy, failure: null } : command}
      title={t("batchTitle")}
      confirm={made ? t("close") : t("batchMake")}
      onClose={onClose}
      onConfirm={(data) => void confirm(data)}
    >
      <p>{t("batchWhat")}</p>
      {!made && (
        <Field label={t("batchFormat")} error={command.errorOf("filter")}>
          {(control) => (
            <Select
              {...control}
              name="format"
              options={[
                { value: "pdf", label: "pdf" },
                { value: "xlsx", label: "xlsx" },
              ]}
            />
          )}
        </Field>
      )}
      {none && <p role="alert">{t("batchNone")}</p>}
      {made && (
        <div aria-live="polite">
          <p>
            {t("batchDone", {
              records: made.sheets.length,
              lines: made.lines,
              made: made.made,
              amount: made.amountFen === null ? "none" : formatFen(BigInt(made.amountFen)),
            })}
          </p>
          <p>
            <a
              href={`/api/v1/sign-sheets/archive?ids=${made.sheets.join(",")}&format=${made.format}`}
              download
            >
              {t("batchGet")}
            </a>
          </p>
          <p className="quiet">{t("full")}</p>
        </div>
      )}
    </CommandDialog>
  );
}
