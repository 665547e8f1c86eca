import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import styles from "./field.module.css";

/** What a control needs so that its label, hint and error are read with it. Spread it onto the control. */
type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode | undefined;
  /** In words, with the remedy. */
  error?: string | undefined;
  required?: boolean | undefined;
  /** Says （选填） after the label. */
  optional?: boolean | undefined;
  /** Set where an error summary links to this field. */
  id?: string | undefined;
  /** Stands at the right of the control, e.g. what was understood. */
  aside?: ReactNode | undefined;
  width?: "full" | "half" | "short" | undefined;
  children: (control: ControlProps) => ReactNode;
};

export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  id,
  aside,
  width = "full",
  children,
}: FieldProps) {
  const t = useTranslations("common");
  const ownId = useId();
  const controlId = id ?? ownId;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field} data-width={width} data-invalid={error ? "" : undefined}>
      <label className={styles.label} htmlFor={controlId}>
        {label}
        {optional && <span className={styles.optional}>{t("optional")}</span>}
      </label>
      <div className={styles.line}>
        <div className={styles.control}>
          {children({
            id: controlId,
            "aria-describedby": describedBy,
            "aria-invalid": error ? true : undefined,
            "aria-required": required || undefined,
          })}
        </div>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      {error && (
        <p className={styles.error} id={errorId}>
          <CircleAlert size={14} aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <div className={styles.hint} id={hintId}>
          {hint}
        </div>
      )}
    </div>
  );
}
