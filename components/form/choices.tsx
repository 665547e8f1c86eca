"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type FocusEvent, type KeyboardEvent } from "react";
import { tellEarly } from "@/components/ui/early";
import styles from "./choices.module.css";
import { filterOptions, type ComboboxOption } from "./combobox-filter";
import type { SelectOption } from "./select";

export type ChoicesProps = {
  /** Of every box: the form sends one value a box that is ticked. */
  name: string;
  /** In words, for those who do not see the list under its heading. */
  label: string;
  options: readonly (SelectOption & ComboboxOption)[];
  chosen: readonly string[];
  /** Nothing ticked, e.g. 全部. */
  placeholder: string;
};

/** From here on one looks for a choice by its name rather than down the list. */
const MANY = 24;

/** Several values of one condition. A disclosure of the browser's own: it opens without a script too. */
export function Choices({ name, label, options, chosen, placeholder }: ChoicesProps) {
  const t = useTranslations("common");
  const [ticked, setTicked] = useState(() => new Set(chosen));
  const [typed, setTyped] = useState("");
  // what is not found is hidden and stays ticked
  const found = new Set(filterOptions(options, typed).map(({ value }) => value));
  const only = ticked.size === 1 ? options.find((option) => ticked.has(option.value)) : undefined;
  const said =
    ticked.size === 0 ? placeholder : (only?.label.trim() ?? t("chosen", { count: ticked.size }));

  function closeOutside(event: FocusEvent<HTMLDetailsElement>) {
    const to = event.relatedTarget;
    if (to instanceof Node && !event.currentTarget.contains(to)) event.currentTarget.open = false;
  }

  function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>) {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary")?.focus();
  }

  return (
    <details className={styles.choices} onBlur={closeOutside} onKeyDown={closeOnEscape}>
      <summary className={styles.said} aria-label={`${label} ${said}`}>
        <span className={styles.words}>{said}</span>
        <ChevronDown size={16} aria-hidden />
      </summary>
      <div className={styles.list} role="group" aria-label={label}>
        {options.length > MANY && (
          <input
            ref={tellEarly}
            type="search"
            className={styles.find}
            aria-label={t("findChoice", { label })}
            placeholder={t("findChoice", { label })}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        )}
        {options.map(({ value, label: words }) => (
          <label key={value} className={styles.choice} hidden={!found.has(value)}>
            <input
              ref={tellEarly}
              type="checkbox"
              name={name}
              value={value}
              checked={ticked.has(value)}
              onChange={(event) => {
                const next = new Set(ticked);
                if (event.target.checked) next.add(value);
                else next.delete(value);
                setTicked(next);
              }}
            />
            {words}
          </label>
        ))}
      </div>
    </details>
  );
}
