import clsx from "clsx";
import styles from "./summary.module.css";

/** Where a sheet is signed by hand; on paper alone. */
export function PaperSignatures({ signatures }: { signatures: readonly string[] }) {
  return (
    <div className={clsx(styles.signatures, styles.onPaper)}>
      {signatures.map((signature) => (
        <span key={signature}>{signature}</span>
      ))}
    </div>
  );
}
