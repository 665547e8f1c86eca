"use client";

import clsx from "clsx";
import { ChevronDown, ChevronUp, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState, useTransition, type FormEvent, type ReactNode } from "react";
import { Choices } from "@/components/form/choices";
import { Select, type SelectOption } from "@/components/form/select";
import { DateInput, TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import { inFen } from "@/lib/features/ledger/address";
import styles from "./ledger-filter.module.css";

type FieldName =
  | "year"
  | "org"
  | "programme"
  | "status"
  | "month"
  | "aidCategory"
  | "recipientKind"
  | "fundSource"
  | "form"
  | "amountKind"
  | "sort";

export type FilterField = {
  name: FieldName;
  /** "choices": several values at once. */
  control: "one" | "choices" | "organisation";
  /** Parted by commas where there are several. */
  value: string;
  options: SelectOption[];
  organisations?: OrganisationSource | undefined;
  /** Asked for less often: folded away until it is needed, or in use. */
  rare?: boolean | undefined;
};

export type LedgerFilterProps = {
  q: string;
  fields: FilterField[];
  /** Days, and amounts in yuan as people write them. */
  ranges: { paidFrom: string; paidTo: string; yuanFrom: string; yuanTo: string };
  /** Conditions of the address that no field here shows; they stay. */
  kept: Record<string, string>;
};

const RANGES = ["paidFrom", "paidTo", "yuanFrom", "yuanTo"] as const;

function Control({ field, id }: { field: FilterField; id: string }) {
  const t = useTranslations("ledger.filter");
  const { name, value, options } = field;
  if (field.control === "organisation" && field.organisations)
    return (
      <OrganisationPicker
        id={id}
        name={name}
        as="select"
        clearable
        defaultValue={value}
        source={field.organisations}
        placeholder={t("all")}
      />
    );
  if (field.control === "choices")
    return (
      <Choices
        name={name}
        label={t(name)}
        options={options}
        chosen={value === "" ? [] : value.split(",")}
        placeholder={t("all")}
        several={(count) => t("chosen", { count })}
      />
    );
  const none = name === "sort" ? {} : { placeholder: t("all") };
  return <Select id={id} name={name} defaultValue={value} options={options} {...none} />;
}

function Labelled({
  id,
  label,
  rare,
  children,
}: {
  id: string;
  label: string;
  rare: boolean;
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
export function LedgerFilter({ q, fields, ranges, kept }: LedgerFilterProps) {
  const t = useTranslations("ledger.filter");
  const router = useRouter();
  const id = useId();
  const [busy, start] = useTransition();
  const isAskedFor = fields.some(({ rare, value }) => rare && value !== "");
  const [open, setOpen] = useState(isAskedFor || RANGES.some((name) => ranges[name] !== ""));

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const address = addressOfForm(event.currentTarget);
    start(() => router.push(address as Route));
  }

  return (
    <form
      action="/ledger"
      className={styles.form}
      aria-label={t("label")}
      data-open={open ? "" : undefined}
      onSubmit={find}
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} readOnly />
      ))}
      <div className={clsx(styles.field, styles.wide)}>
        <label className={styles.label} htmlFor={`${id}-q`}>
          {t("q")}
        </label>
        <TextInput
          id={`${id}-q`}
          name="q"
          type="search"
          key={q}
          defaultValue={q}
          maxLength={100}
          placeholder={t("qHint")}
          before={<Search size={16} aria-hidden />}
        />
      </div>
      {fields.map((field) => (
        <Labelled
          key={field.name}
          id={`${id}-${field.name}`}
          label={t(field.name)}
          rare={field.rare === true}
        >
          <Control key={field.value} field={field} id={`${id}-${field.name}`} />
        </Labelled>
      ))}
      {RANGES.map((name) => (
        <Labelled key={name} id={`${id}-${name}`} label={t(name)} rare>
          {name.startsWith("paid") ? (
            <DateInput
              id={`${id}-${name}`}
              name={name}
              key={ranges[name]}
              defaultValue={ranges[name]}
            />
          ) : (
            <TextInput
              id={`${id}-${name}`}
              name={name}
              key={ranges[name]}
              defaultValue={ranges[name]}
              inputMode="decimal"
              autoComplete="off"
            />
          )}
        </Labelled>
      ))}
      <div className={styles.buttons}>
        <Button type="submit" busy={busy}>
          {t("apply")}
        </Button>
        <Button
          variant="quiet"
          aria-expanded={open}
          icon={open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "fewer" : "more")}
        </Button>
      </div>
    </form>
  );
}
