import clsx from "clsx";
import { summaryWords } from "@/lib/features/summary/labels";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./summary.module.css";

/** Where a sheet is signed by hand; on paper alone. */
export function PaperSignatures({ locale }: { locale: Locale }) {
  return (
    <div className={clsx(styles.signatures, styles.onPaper)}>
      {summaryWords(locale).signatures.map((signature) => (
        <span key={signature}>{signature}</span>
      ))}
    </div>
  );
}
