"use client";

import { useId } from "react";
import { RadioGroup } from "@/components/form/checkbox";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

/** The switch of a section, in its margin: arrow keys change it, Enter passes it by. */
export function KindChoice<Kind extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: Kind;
  options: readonly { value: Kind; label: string }[];
  onChange: (kind: Kind) => void;
}) {
  const name = useId();
  return (
    <RadioGroup
      legend={<VisuallyHidden>{legend}</VisuallyHidden>}
      name={name}
      inline
      value={value}
      options={options}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
