"use client";

import clsx from "clsx";
import { ChevronDown, ChevronUp, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition, type FormEvent } from "react";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import styles from "./ledger-filter.module.css";

export type FilterField = {
  name: string;
  label: string;
  value: string;
  options: SelectOption[];
  /** In place of the options. */
  organisations?: OrganisationSource | undefined;
  /** Asked for less often: folded away until it is needed, or in use. */
  rare?: boolean | undefined;
};

export type LedgerFilterProps = {
  words: {
    label: string;
    q: string;
    qHint: string;
    all: string;
    apply: string;
    more: string;
    fewer: string;
  };
  q: string;
  fields: FilterField[];
  /** Conditions of the address that no field here shows; they stay. */
  kept: Record<string, string>;
};

/** An ordinary form that asks for an address: it works before the script has come, and without it. */
export function LedgerFilter({ words, q, fields, kept }: LedgerFilterProps) {
  const router = useRouter();
  const id = useId();
  const [busy, start] = useTransition();
  const [open, setOpen] = useState(fields.some((field) => field.rare && field.value !== ""));

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim() !== "") query.set(name, value.trim());
    const text = query.toString().replaceAll("%2C", ",");
    start(() => router.push((text === "" ? "/ledger" : `/ledger?${text}`) as Route));
  }

  return (
    <form
      action="/ledger"
      className={styles.form}
      aria-label={words.label}
      data-open={open ? "" : undefined}
      onSubmit={find}
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} readOnly />
      ))}
      <div className={clsx(styles.field, styles.wide)}>
        <label className={styles.label} htmlFor={`${id}-q`}>
          {words.q}
        </label>
        <TextInput
          id={`${id}-q`}
          name="q"
          type="search"
          key={q}
          defaultValue={q}
          maxLength={100}
          placeholder={words.qHint}
          before={<Search size={16} aria-hidden />}
        />
      </div>
      {fields.map((field) => (
        <div
          key={field.name}
          className={clsx(styles.field, field.rare ? styles.rare : styles.usual)}
        >
          <label className={styles.label} htmlFor={`${id}-${field.name}`}>
            {field.label}
          </label>
          {field.organisations ? (
            <OrganisationPicker
              key={field.value}
              id={`${id}-${field.name}`}
              name={field.name}
              as="select"
              clearable
              defaultValue={field.value}
              source={field.organisations}
              placeholder={words.all}
            />
          ) : (
            <Select
              key={field.value}
              id={`${id}-${field.name}`}
              name={field.name}
              defaultValue={field.value}
              options={field.options}
              placeholder={words.all}
            />
          )}
        </div>
      ))}
      <div className={styles.buttons}>
        <Button type="submit" busy={busy}>
          {words.apply}
        </Button>
        <Button
          variant="quiet"
          aria-expanded={open}
          icon={open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {open ? words.fewer : words.more}
        </Button>
      </div>
    </form>
  );
}
