"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { calendarHref } from "@/lib/features/calendar/address";
import type { MatrixRow } from "@/lib/features/calendar/types";
import { CellWords } from "./matrix-cell";
import { isOpen, useCompletenessWords, type MatrixProps } from "./matrix-words";
import styles from "./calendar.module.css";

function FoldedRow({ row, ...props }: MatrixProps & { row: MatrixRow }) {
  const { matrix, year, asked, places, programmes } = props;
  const completeness = useCompletenessWords(asked.state !== undefined);
  const { organisation, counts, cells } = row;
  return (
    <li className={styles.folded}>
      <p className={styles.foldedName}>
        <AppLink href={calendarHref({ year, org: organisation, ...asked })}>
          {places[organisation]}
        </AppLink>
        <span className={styles.due}>{completeness(counts)}</span>
      </p>
      <dl className={styles.foldedCells}>
        {matrix.programmes.map(({ code }) => {
          const cell = cells[code];
          return (
            cell && (
              <div key={code}>
                <dt>{programmes[code]}</dt>
                <dd>
                  <CellWords cell={cell} />
                </dd>
              </div>
            )
          );
        })}
      </dl>
    </li>
  );
}

/** The matrix for a phone: a line each prefecture, and its counties behind it. */
export function MatrixFolds(props: MatrixProps) {
  const t = useTranslations("calendar.group");
  const { matrix, asked, places } = props;
  const completeness = useCompletenessWords(asked.state !== undefined);
  return (
    <div className={styles.narrow}>
      {matrix.groups.map(({ prefecture, counts, rows }) => (
        <details
          key={prefecture}
          className={styles.fold}
          open={matrix.groups.length === 1 || undefined}
        >
          <summary>
            <ChevronRight size={16} aria-hidden />
            <span className={styles.foldName}>
              {t("title", { name: places[prefecture] ?? prefecture, count: rows.length })}
            </span>
            <span className={isOpen(counts) ? styles.open : undefined}>
              {completeness(counts)}
              {asked.state === undefined &&
                isOpen(counts) &&
                t("open", { count: counts.late + counts.missing })}
            </span>
          </summary>
          <ul>
            {rows.map((row) => (
              <FoldedRow key={row.organisation} {...props} row={row} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
