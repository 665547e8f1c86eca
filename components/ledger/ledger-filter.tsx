"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useTransition, type FormEvent } from "react";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import styles from "./ledger-filter.module.css";

export type FilterField = { name: string; label: string; value: string; options: SelectOption[] };

export type LedgerFilterProps = {
  words: { label: string; q: string; qHint: string; all: string; apply: string };
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

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim() !== "") query.set(name, value.trim());
    const text = query.toString().replaceAll("%2C", ",");
    start(() => router.push((text === "" ? "/ledger" : `/ledger?${text}`) as Route));
  }

  return (
    <form action="/ledger" className={styles.form} aria-label={words.label} onSubmit={find}>
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
        <div key={field.name} className={styles.field}>
          <label className={styles.label} htmlFor={`${id}-${field.name}`}>
            {field.label}
          </label>
          <Select
            key={field.value}
            id={`${id}-${field.name}`}
            name={field.name}
            defaultValue={field.value}
            options={field.options}
            placeholder={words.all}
          />
        </div>
      ))}
      <Button type="submit" busy={busy}>
        {words.apply}
      </Button>
    </form>
  );
}
