"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import styles from "./form-error-summary.module.css";

export type FieldError = { fieldId: string; message: string };

/**
 * Give it a new `attempt` each time the form is refused: it then takes the focus, and each line
 * leads to its field.
 */
export function FormErrorSummary({
  errors,
  attempt,
  title,
}: {
  errors: FieldError[];
  attempt: number;
  title?: string | undefined;
}) {
  const t = useTranslations("common");
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);

  if (errors.length === 0) return null;
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1}>
      <p className={styles.title}>
        <CircleAlert size={18} aria-hidden />
        {title ?? t("errorSummary", { count: errors.length })}
      </p>
      <ul className={styles.list}>
        {errors.map((error) => (
          <li key={error.fieldId + error.message}>
            <a
              href={`#${error.fieldId}`}
              onClick={(event) => {
                event.preventDefault();
                const field = document.getElementById(error.fieldId);
                const target = field?.matches("fieldset")
                  ? field.querySelector<HTMLElement>("input, select, button")
                  : field;
                target?.focus();
                target?.scrollIntoView({ block: "center" });
              }}
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
