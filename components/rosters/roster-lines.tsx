"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import type { RosterLine } from "@/lib/features/rosters/types";
import { formatFen } from "@/lib/kernel/money";
import { PAGE_LINES, RosterPages } from "./roster-pages";
import styles from "./rosters.module.css";

const SHOWN = ["name", "idNumber", "phone", "payee", "account", "note"] as const;

/** The lines as this reader may see them. A column in which nobody has anything is left out. */
export function RosterLines({ lines }: { lines: readonly RosterLine[] }) {
  const t = useTranslations("rosters");
  const [page, setPage] = useState(0);
  const columns = SHOWN.filter(
    (column) => column === "name" || lines.some((line) => line[column] !== null),
  );
  const has = (count: "packs" | "households") => lines.some((line) => line[count] !== null);
  const shown = lines.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES);
  return (
    <div className="stack">
      <p className={styles.quiet}>{t("masked")}</p>
      {lines.some(({ unreadable }) => unreadable) && (
        <Callout tone="warning">{t("unreadable")}</Callout>
      )}
      <div className={styles.frame} tabIndex={0} role="region" aria-label={t("title")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.no}>
                {t("column.no")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
              <th scope="col" className={styles.number}>
                {t("column.amount")}
              </th>
              {has("packs") && (
                <th scope="col" className={styles.number}>
                  {t("column.packs")}
                </th>
              )}
              <th scope="col" className={styles.number}>
                {t("column.persons")}
              </th>
              {has("households") && (
                <th scope="col" className={styles.number}>
                  {t("column.households")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.no}>
                <td className={styles.no}>{line.no}</td>
                {columns.map((column) => (
                  <td key={column}>{line[column] ?? (line.unreadable ? t("noKey") : "")}</td>
                ))}
                <td className={styles.number}>
                  {line.amountFen === null ? "" : formatFen(BigInt(line.amountFen))}
                </td>
                {has("packs") && <td className={styles.number}>{line.packs}</td>}
                <td className={styles.number}>{line.persons}</td>
                {has("households") && <td className={styles.number}>{line.households}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RosterPages page={page} total={lines.length} onPage={setPage} />
    </div>
  );
}
