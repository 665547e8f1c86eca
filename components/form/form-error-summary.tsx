"use client";

import clsx from "clsx";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import styles from "./form-error-summary.module.css";

export type FieldError = { fieldId: string; message: string };

function goTo(id: string): void {
  const field = document.getElementById(id);
  const target = field?.matches("fieldset")
    ? field.querySelector<HTMLElement>("input, select, button")
    : field;
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

/**
 * Give it a new `attempt` each time the form is refused: it then takes the focus, and each line
 * leads to its field.
 */
export function FormErrorSummary({
  errors,
  attempt,
  title,
  beside = false,
}: {
  errors: FieldError[];
  attempt: number;
  title?: string | undefined;
  /** Stands beside the buttons: the first field takes the focus, the sentence is seen where one pressed. */
  beside?: boolean | undefined;
}) {
  const t = useTranslations("common");
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(errors);
  useEffect(() => {
    latest.current = errors;
  });

  useEffect(() => {
    if (attempt === 0) return;
    const [first] = latest.current;
    if (!beside) box.current?.focus();
    else if (first) goTo(first.fieldId);
  }, [attempt, beside]);

  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      className={clsx(styles.summary, beside && styles.beside)}
      role="alert"
      tabIndex={-1}
    >
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
                goTo(error.fieldId);
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
