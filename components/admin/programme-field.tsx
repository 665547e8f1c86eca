"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import type { Reference } from "@/lib/features/reference/types";
import { useName } from "./words";

type Props = {
  label: string;
  error: string | undefined;
  reference: Reference;
  /** Stays to be chosen although it is out of use. */
  chosen?: string | undefined;
};

export function ProgrammeField({ label, error, reference, chosen }: Props) {
  const choose = useTranslations("common")("choose");
  const name = useName();
  const programmes = reference.programmes.filter(({ active, code }) => active || code === chosen);
  return (
    <Field label={label} error={error} required>
      {(control) => (
        <Select
          {...control}
          name="programme"
          placeholder={choose}
          options={programmes.map((one) => ({ value: one.code, label: name(one) }))}
          defaultValue={chosen ?? ""}
        />
      )}
    </Field>
  );
}
