"use client";

import clsx from "clsx";
import { ChevronDown, ChevronUp, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition, type FormEvent, type ReactNode } from "react";
import { Choices } from "@/components/form/choices";
import { DayBound } from "@/components/form/day-bound";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import { inFen } from "@/lib/features/ledger/address";
import styles from "./ledger-filter.module.css";

export type FilterField = {
  name: string;
  label: string;
  /** "choices": several values at once; "organisation": one more beside those there are, which the server is asked for. */
  control: "one" | "choices" | "organisation";
  /** Parted by commas where there are several. */
  value: string;
  options: SelectOption[];
  /** The first, empty line; without it one of the options is the usual one. */
  placeholder?: string | undefined;
  organisations?: OrganisationSource | undefined;
  /** Asked for less often: folded away until it is needed, or in use. */
  rare?: boolean | undefined;
};

/** A bound: a day, or an amount in yuan as people write it. */
type RangeField = { name: string; label: string; value: string; kind: "day" | "amount" };

export type LedgerFilterProps = {
  words: {
    label: string;
    q: string;
    qHint: string;
    qShort: string;
    dayHint: string;
    apply: string;
    more: string;
    fewer: string;
  };
  q: string;
  fields: FilterField[];
  ranges: RangeField[];
  /** Conditions of the address that no field here shows; they stay. */
  kept: Record<string, string>;
};

function Control({ field, id }: { field: FilterField; id: string }) {
  const { name, label, value, options, placeholder = "" } = field;
  if (field.control === "organisation" && field.organisations)
    return (
      <>
        {value !== "" && <input type="hidden" name={name} value={value} readOnly />}
        <OrganisationPicker
          id={id}
          name={name}
          clearable
          source={field.organisations}
          placeholder={placeholder}
        />
      </>
    );
  if (field.control === "choices")
    return (
      <Choices
        name={name}
        label={label}
        options={options}
        chosen={value === "" ? [] : value.split(",")}
        placeholder={placeholder}
      />
    );
  return (
    <Select
      id={id}
      name={name}
      defaultValue={value}
      options={options}
      placeholder={field.placeholder}
    />
  );
}

function Labelled({
  id,
  label,
  rare = false,
  children,
}: {
  id: string;
  label: string;
  rare?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <div className={clsx(styles.field, rare ? styles.rare : styles.usual)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}

/** The address of what a form says; several values of one name stand in a list. */
function addressOfForm(form: HTMLFormElement): string {
  const said = new Map<string, string>();
  for (const [name, value] of new FormData(form)) {
    const text = typeof value === "string" ? value.trim() : "";
    const before = said.get(name);
    if (text !== "") said.set(name, before === undefined ? text : `${before},${text}`);
  }
  const query = new URLSearchParams(inFen(Object.fromEntries(said)) as Record<string, string>);
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "/ledger" : `/ledger?${text}`;
}

/** An ordinary form that asks for an address: it works before the script has come, and without it. */
export function LedgerFilter({ words, q, fields, ranges, kept }: LedgerFilterProps) {
  const router = useRouter();
  const id = useId();
  const [busy, start] = useTransition();
  const isAskedFor = fields.some(({ rare, value }) => rare && value !== "");
  const [open, setOpen] = useState(isAskedFor || ranges.some(({ value }) => value !== ""));

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const address = addressOfForm(event.currentTarget);
    start(() => router.push(address as Route));
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
          placeholder={words.qShort}
          title={words.qHint}
          before={<Search size={16} aria-hidden />}
        />
      </div>
      {fields.map((field) => (
        <Labelled key={field.name} id={`${id}-${field.name}`} label={field.label} rare={field.rare}>
          <Control key={field.value} field={field} id={`${id}-${field.name}`} />
        </Labelled>
      ))}
      {ranges.map(({ name, label, value, kind }) => (
        <Labelled key={name} id={`${id}-${name}`} label={label} rare>
          {kind === "day" ? (
            <DayBound
              id={`${id}-${name}`}
              name={name}
              key={value}
              edge={name === "paidFrom" ? "first" : "last"}
              defaultValue={value}
              placeholder={words.dayHint}
            />
          ) : (
            <TextInput
              id={`${id}-${name}`}
              name={name}
              key={value}
              defaultValue={value}
              inputMode="decimal"
            />
          )}
        </Labelled>
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
