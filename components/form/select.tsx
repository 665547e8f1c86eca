"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { Ref, SelectHTMLAttributes } from "react";
import { useEarly } from "@/components/ui/early";
import styles from "./input.module.css";

export type SelectOption = { value: string; label: string; group?: string; disabled?: boolean };

export type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & {
  options: readonly SelectOption[];
  /** The first, empty line, e.g. 请选择 or 全部. */
  placeholder?: string | undefined;
  ref?: Ref<HTMLSelectElement> | undefined;
};

type OptionGroup = { name: string | undefined; options: SelectOption[] };

function grouped(options: readonly SelectOption[]): OptionGroup[] {
  const groups: OptionGroup[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.name === option.group) last.options.push(option);
    else groups.push({ name: option.group, options: [option] });
  }
  return groups;
}

function Options({ options }: { options: SelectOption[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value} disabled={option.disabled}>
      {option.label}
    </option>
  ));
}

/** Neighbouring options of one group stand under its name. */
export function Select({ options, placeholder, className, ref, ...rest }: SelectProps) {
  const own = useEarly(ref);
  return (
    <span className={styles.selectBox}>
      <select ref={own} autoComplete="off" className={clsx(styles.select, className)} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {grouped(options).map((group, index) =>
          group.name === undefined ? (
            <Options key={index} options={group.options} />
          ) : (
            <optgroup key={index} label={group.name}>
              <Options options={group.options} />
            </optgroup>
          ),
        )}
      </select>
      <ChevronDown size={16} className={styles.selectSign} aria-hidden />
    </span>
  );
}
