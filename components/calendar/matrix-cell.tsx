"use client";

import { AppLink } from "@/components/ui/app-link";
import type { MatrixCell } from "@/lib/features/calendar/types";
import { isOpen, useCellWords } from "./matrix-words";
import styles from "./calendar.module.css";

/** Opens the records, or the periods, that it speaks of. */
export function CellWords({ cell }: { cell: MatrixCell }) {
  const { words, time } = useCellWords()(cell);
  return (
    <span className={styles.cell}>
      <AppLink href={cell.href} className={isOpen(cell.counts) ? styles.open : undefined}>
        {words}
      </AppLink>
      {time && <span className={styles.quiet}>{time}</span>}
    </span>
  );
}
