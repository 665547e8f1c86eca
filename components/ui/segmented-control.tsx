"use client";

import clsx from "clsx";
import { useId } from "react";
import { tellEarly } from "./early";
import styles from "./segmented-control.module.css";

export type SegmentedControlProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; ariaLabel?: string }[];
  onChange: (value: Value) => void;
  size?: "normal" | "small" | undefined;
};

/** A radio group in one piece: arrow keys change it, Tab passes it. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
  size = "normal",
}: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset className={clsx(styles.group, size === "small" && styles.small)}>
      <legend className={styles.legend}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            ref={tellEarly}
            type="radio"
            autoComplete="off"
            className={styles.input}
            name={name}
            value={option.value}
            aria-label={option.ariaLabel}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.word}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
