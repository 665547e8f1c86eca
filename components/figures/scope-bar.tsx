"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useRef, useState, useTransition } from "react";
import { Select, type SelectOption } from "@/components/form/select";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import styles from "./scope-bar.module.css";

type ScopeField = {
  name: string;
  label: string;
  width: "year" | "place" | "programme" | "axis";
  value: string;
  placeholder?: string | undefined;
} & ({ options: SelectOption[] } | { organisations: OrganisationSource });

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
  const form = useRef<HTMLFormElement>(null);
  const [busy, start] = useTransition();
  // What was just chosen holds until the page of that choice arrives; then the address decides again.
  const shown = fields.map((field) => field.value).join("|");
  const [chosen, setChosen] = useState({ shown, values: {} as Record<string, string> });
  const values = chosen.shown === shown ? chosen.values : {};

  const choose = (name: string, value: string) =>
    setChosen({ shown, values: { ...values, [name]: value } });

  function show(form: HTMLFormElement, changed: Record<string, string> = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of [...new FormData(form), ...Object.entries(changed)])
      if (typeof value === "string" && value !== "") query.set(name, value);
    const text = query.toString().replaceAll("%2C", ",");
    start(() => router.push((text === "" ? path : `${path}?${text}`) as Route, { scroll: false }));
  }

  return (
    <form
      ref={form}
      className={styles.bar}
      action={path}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        show(event.currentTarget);
      }}
      onChange={(event) => {
        // words being typed into a picker are no choice yet
        if (event.target instanceof HTMLSelectElement) show(event.currentTarget);
      }}
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} readOnly />
      ))}
      {fields.map((field) => (
        <div key={field.name} className={styles.field} data-width={field.width}>
          <label className={styles.label} htmlFor={`${id}-${field.name}`}>
            {field.label}
          </label>
          {"options" in field ? (
            <Select
              id={`${id}-${field.name}`}
              name={field.name}
              value={values[field.name] ?? field.value}
              onChange={(event) => choose(field.name, event.target.value)}
              options={field.options}
              placeholder={field.placeholder}
            />
          ) : (
            <OrganisationPicker
              id={`${id}-${field.name}`}
              name={field.name}
              as="select"
              source={field.organisations}
              value={values[field.name] ?? field.value}
              onChange={(code) => {
                choose(field.name, code);
                if (form.current && "ask" in field.organisations)
                  show(form.current, { [field.name]: code });
              }}
              placeholder={field.placeholder}
            />
          )}
        </div>
      ))}
      <Button type="submit" busy={busy}>
        {apply}
      </Button>
    </form>
  );
}
