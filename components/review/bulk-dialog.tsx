"use client";

import { useLocale, useTranslations } from "next-intl";
import { CommandDialog } from "@/components/command/command-dialog";
import type { Command } from "@/components/command/use-command";
import { sumOfRecords } from "@/lib/features/review/rules";
import type { Names } from "@/lib/features/reference/present";
import { bulkLines } from "@/lib/features/review/rules";
import type { QueueItem } from "@/lib/features/review/types";
import { knownSum, knownText, type Counted } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";
import styles from "./bulk-bar.module.css";

/** A sum, and what is left out of it because it has no price yet. */
function Amount({ sum }: { sum: Counted }) {
  const t = useTranslations("review.bulk");
  const known = knownSum(sum);
  const locale = useLocale() as Locale;
  return (
    <>
      {knownText(known, { locale, unit: "yuan" })}
      {known.kind === "money" && sum.unvalued > 0 && (
        <span className="quiet"> {t("unvalued", { count: sum.unvalued })}</span>
      )}
    </>
  );
}

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
  const total = sumOfRecords(chosen.map(({ record }) => record));
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
          {lines.map(({ organisation, programme, sum }) => (
            <tr key={`${organisation} ${programme}`}>
              <td>{names.organisation(organisation)}</td>
              <td>{names.programme(programme)}</td>
              <td>{wholeText(sum.records)}</td>
              <td>
                <Amount sum={sum} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t("total")}
            </th>
            <td>{wholeText(chosen.length)}</td>
            <td>
              <Amount sum={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </CommandDialog>
  );
}
