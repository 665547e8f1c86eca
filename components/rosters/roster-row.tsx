"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ClipboardEvent } from "react";
import { ROSTER_COLUMNS, type RosterColumn } from "@/lib/features/rosters/labels";
import type { TypedLine } from "@/lib/features/rosters/rules";
import { ID_KINDS } from "@/lib/kernel/id-number";
import { readTabText } from "@/lib/kernel/tab-text";
import styles from "./rosters.module.css";

export type Fault = { column: RosterColumn; text: string };

type Props = {
  row: number;
  line: TypedLine;
  faults: readonly Fault[];
  onText: (row: number, column: RosterColumn, text: string) => void;
  onPaste: (row: number, column: RosterColumn, block: string[][]) => void;
  onRemove: (row: number) => void;
};

const NUMBERS: readonly RosterColumn[] = ["amount", "packs", "persons", "households"];
export const isCounted = (column: RosterColumn): boolean => NUMBERS.includes(column);

function IdKindChoice({
  value,
  label,
  onChange,
}: {
  value: string;
  label: string;
  onChange: (text: string) => void;
}) {
  const t = useTranslations("rosters.idKind");
  return (
    <select
      className={styles.input}
      value={value}
      aria-label={label}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t("auto")}</option>
      {ID_KINDS.map((kind) => (
        <option key={kind} value={kind}>
          {t(kind)}
        </option>
      ))}
    </select>
  );
}

/** One line; a block that is pasted into a cell goes on to the right and below. */
export function RosterRow(props: Props) {
  const { row, line, faults, onText, onPaste, onRemove } = props;
  const t = useTranslations("rosters");
  const faultsId = `roster-faults-${row}`;
  const wrong = (column: RosterColumn) => faults.some((fault) => fault.column === column);
  const take = (column: RosterColumn) => (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    onPaste(row, column, readTabText(text));
  };
  return (
    <>
      <tr>
        <th scope="row" className={styles.no}>
          {row + 1}
        </th>
        {ROSTER_COLUMNS.map((column) => {
          const label = t("cell", { line: row + 1, column: t(`column.${column}`) });
          return (
            <td key={column} data-column={column}>
              {column === "idKind" ? (
                <IdKindChoice
                  value={line.idKind}
                  label={label}
                  onChange={(text) => onText(row, column, text)}
                />
              ) : (
                <input
                  className={styles.input}
                  data-number={isCounted(column) || undefined}
                  value={line[column]}
                  aria-label={label}
                  aria-invalid={wrong(column) || undefined}
                  aria-describedby={wrong(column) ? faultsId : undefined}
                  placeholder={column === "persons" ? "1" : undefined}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => onText(row, column, event.target.value)}
                  onPaste={take(column)}
                />
              )}
            </td>
          );
        })}
        <td>
          <button
            type="button"
            className={styles.remove}
            aria-label={t("remove", { line: row + 1 })}
            onClick={() => onRemove(row)}
          >
            <X size={16} aria-hidden />
          </button>
        </td>
      </tr>
      {faults.length > 0 && (
        <tr className={styles.faults}>
          <td />
          <td colSpan={ROSTER_COLUMNS.length + 1} id={faultsId}>
            {faults.map(({ column, text }) => (
              <span key={column}>{t("fault", { column: t(`column.${column}`), text })}</span>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}
