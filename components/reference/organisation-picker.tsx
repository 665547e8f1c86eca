"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Combobox, type ComboboxProps } from "@/components/form/combobox";
import type { ComboboxOption } from "@/components/form/combobox-filter";
import { Select } from "@/components/form/select";
import type { OrganisationSource } from "./organisation-source";
import { useFoundOrganisations } from "./use-found-organisations";

type PickerProps = Omit<ComboboxProps, "options" | "asked" | "value" | "onChange" | "ref"> & {
  source: OrganisationSource;
  /** Its code; undefined leaves it to the field itself, which begins with `defaultValue`. */
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((code: string) => void) | undefined;
  /** How a list at hand is chosen from; one that the server is asked for is always typed. */
  as?: "select" | "combobox";
};

type Held = PickerProps & { held: string; hold: (code: string) => void };
type Listed = Extract<OrganisationSource, { listed: unknown }>;

function AskedPicker({
  source,
  held,
  hold,
  ...control
}: Held & { source: Exclude<OrganisationSource, Listed> }) {
  const t = useTranslations("common");
  const { options, state, onAsk } = useFoundOrganisations(source.ask, source.locale);
  const [taken, setTaken] = useState<ComboboxOption | undefined>(source.chosen);
  return (
    <Combobox
      {...control}
      options={options}
      asked={{
        onAsk,
        note: state === "found" ? undefined : t(state === "failed" ? "lookFailed" : "looking"),
        chosen: taken?.value === held ? taken : source.chosen,
      }}
      value={held}
      onChange={(code) => {
        setTaken(options.find(({ value }) => value === code));
        hold(code);
      }}
    />
  );
}

/** One organisation, by name: from the list where it is short, else from the server while one types. */
export function OrganisationPicker(props: PickerProps) {
  const { source, value, defaultValue = "", onChange, as = "combobox", name, ...control } = props;
  const [own, setOwn] = useState(defaultValue);
  const held = value ?? own;
  function hold(code: string) {
    setOwn(code);
    onChange?.(code);
  }
  if ("listed" in source && as === "select") {
    const { clearable: _, onBlur: __, ...select } = control;
    return (
      <Select
        {...select}
        name={name}
        options={source.listed}
        value={held}
        onChange={(event) => hold(event.target.value)}
      />
    );
  }
  return (
    <>
      {"listed" in source ? (
        <Combobox {...control} options={source.listed} value={held} onChange={hold} />
      ) : (
        <AskedPicker {...control} source={source} held={held} hold={hold} />
      )}
      {name !== undefined && <input type="hidden" name={name} value={held} readOnly />}
    </>
  );
}
