"use client";

import { CircleAlert } from "lucide-react";
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import { tellEarly, useEarly } from "@/components/ui/early";
import styles from "./field.module.css";

export type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  label: ReactNode;
  hint?: ReactNode | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
};

export function Checkbox({ label, hint, ref, ...rest }: CheckboxProps) {
  const own = useEarly(ref);
  return (
    <label className={styles.choice}>
      <input ref={own} type="checkbox" autoComplete="off" {...rest} />
      <span>
        {label}
        {hint && <span className={styles.choiceHint}>{hint}</span>}
      </span>
    </label>
  );
}

type RadioOption = { value: string; label: ReactNode; hint?: ReactNode };

export type RadioGroupProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "value"> & {
  legend: ReactNode;
  name: string;
  options: readonly RadioOption[];
  /** Leave out when the form itself holds the value. */
  value?: string | undefined;
  hint?: ReactNode | undefined;
  error?: string | undefined;
  inline?: boolean | undefined;
};

export function RadioGroup({
  legend,
  name,
  options,
  value,
  hint,
  error,
  inline = false,
  id,
  ...rest
}: RadioGroupProps) {
  const ownId = useId();
  const groupId = id ?? ownId;
  return (
    <fieldset
      className={styles.group}
      id={groupId}
      aria-describedby={error ? `${groupId}-error` : undefined}
    >
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.options} data-inline={inline ? "" : undefined}>
        {options.map((option) => (
          <label key={option.value} className={styles.choice}>
            <input
              ref={tellEarly}
              type="radio"
              autoComplete="off"
              name={name}
              value={option.value}
              checked={value === undefined ? undefined : value === option.value}
              {...rest}
            />
            <span>
              {option.label}
              {option.hint && <span className={styles.choiceHint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className={styles.error} id={`${groupId}-error`}>
          <CircleAlert size={14} aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {hint && <div className={styles.hint}>{hint}</div>}
    </fieldset>
  );
}
