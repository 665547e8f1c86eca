import { PaperBlock, type PaperBlockProps } from "./paper-block";
import type { PaperSheet } from "@/lib/features/summary/types";
import styles from "./summary.module.css";

type PaperReportProps = Omit<PaperBlockProps, "sheet"> & {
  sheets: readonly PaperSheet[];
  words: { checks: string; notes: string };
};

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className={styles.listTitle}>{title}</p>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

/** A table as its files have it: its sheets, and around them what paper says. */
export function PaperReport({ sheets, words, ...block }: PaperReportProps) {
  const { table, unit } = block;
  return (
    <section className={styles.sheet} aria-label={table.title}>
      <div className={`no-print ${styles.above}`}>
        <span className={styles.filled}>{table.filledBy}</span>
        <span>{unit}</span>
      </div>
      {sheets.map((sheet) => (
        <PaperBlock key={sheet.columns[0]?.key} {...block} sheet={sheet} />
      ))}
      <div className={styles.lists}>
        <List title={words.checks} items={table.checks.map(({ text }) => text)} />
        <List title={words.notes} items={table.notes} />
      </div>
      <p className="quiet">{table.asOf}</p>
      <div className={`no-print ${styles.signatures}`}>
        {table.signatures.map((signature) => (
          <span key={signature}>{signature}</span>
        ))}
      </div>
    </section>
  );
}
