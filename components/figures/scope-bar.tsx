"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { Select, type SelectOption } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import styles from "./scope-bar.module.css";

type ScopeField = {
  name: string;
  label: string;
  width: "year" | "place" | "programme";
  value: string;
  options: SelectOption[];
  placeholder?: string | undefined;
};

export type ScopeBarProps = {
  path: string;
  label: string;
  apply: string;
  fields: ScopeField[];
  /** Conditions of the address that no field here shows; they stay. */
  kept: Record<string, string>;
};

/** A choice shows at once; without script the same form is sent by its button. */
export function ScopeBar({ path, label, apply, fields, kept }: ScopeBarProps) {
  const router = useRouter();
  const id = useId();
  const [busy, start] = useTransition();
  // What was just chosen holds until the page of that choice arrives; then the address decides again.
  const shown = fields.map((field) => field.value).join("|");
  const [chosen, setChosen] = useState({ shown, values: {} as Record<string, string> });
  const values = chosen.shown === shown ? chosen.values : {};

  function show(form: HTMLFormElement) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && value !== "") query.set(name, value);
    const text = query.toString().replaceAll("%2C", ",");
    start(() => router.push((text === "" ? path : `${path}?${text}`) as Route, { scroll: false }));
  }

  return (
    <form
      className={styles.bar}
      action={path}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        show(event.currentTarget);
      }}
      onChange={(event) => show(event.currentTarget)}
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} readOnly />
      ))}
      {fields.map((field) => (
        <div key={field.name} className={styles.field} data-width={field.width}>
          <label className={styles.label} htmlFor={`${id}-${field.name}`}>
            {field.label}
          </label>
          <Select
            id={`${id}-${field.name}`}
            name={field.name}
            value={values[field.name] ?? field.value}
            onChange={(event) =>
              setChosen({ shown, values: { ...values, [field.name]: event.target.value } })
            }
            options={field.options}
            placeholder={field.placeholder}
          />
        </div>
      ))}
      <Button type="submit" busy={busy}>
        {apply}
      </Button>
    </form>
  );
}
