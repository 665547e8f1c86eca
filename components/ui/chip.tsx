import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "./app-link";
import styles from "./chip.module.css";

export type ChipProps = {
  /** What is filtered, e.g. 年度. */
  name: string;
  value: string;
  /** The address without this filter. */
  removeHref?: string | undefined;
  onRemove?: (() => void) | undefined;
};

export function Chip({ name, value, removeHref, onRemove }: ChipProps) {
  const t = useTranslations("common");
  const label = t("removeFilter", { name, value });
  return (
    <span className={styles.chip}>
      <span>
        <span className={styles.name}>{name}</span>
        {value}
      </span>
      {removeHref !== undefined ? (
        <AppLink href={removeHref} className={styles.remove} aria-label={label} scroll={false}>
          <X size={14} aria-hidden />
        </AppLink>
      ) : (
        onRemove && (
          <button type="button" className={styles.remove} aria-label={label} onClick={onRemove}>
            <X size={14} aria-hidden />
          </button>
        )
      )}
    </span>
  );
}

export function ChipRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.row} role="group" aria-label={label}>
      {children}
    </div>
  );
}
