"use client";

import { useTranslations } from "next-intl";
import { CommandDialog } from "@/components/command/command-dialog";
import type { Command } from "@/components/command/use-command";
import type { Names } from "@/lib/features/reference/present";
import { bulkLines } from "@/lib/features/review/rules";
import type { QueueItem } from "@/lib/features/review/types";
import { moneyText, wholeText } from "@/lib/kernel/written";
import styles from "./bulk-bar.module.css";

/** What one press passes, by union and programme, before it does. */
export function BulkDialog({
  chosen,
  names,
  command,
  onClose,
  onConfirm,
}: {
  chosen: readonly QueueItem[];
  names: Names;
  command: Command;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations("review.bulk");
  const lines = bulkLines(chosen);
  const total = lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  return (
    <CommandDialog
      command={command}
      size="wide"
      title={t("approve", { count: chosen.length })}
      confirm={t("approve", { count: chosen.length })}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <table className={styles.summary}>
        <thead>
          <tr>
            <th scope="col">{t("union")}</th>
            <th scope="col">{t("programme")}</th>
            <th scope="col">{t("count")}</th>
            <th scope="col">{t("amount")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ organisation, programme, count, amountFen }) => (
            <tr key={`${organisation} ${programme}`}>
              <td>{names.organisation(organisation)}</td>
              <td>{names.programme(programme)}</td>
              <td>{wholeText(count)}</td>
              <td>{moneyText(amountFen, "yuan")}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t("total")}
            </th>
            <td>{wholeText(chosen.length)}</td>
            <td>{moneyText(total, "yuan")}</td>
          </tr>
        </tfoot>
      </table>
    </CommandDialog>
  );
}
