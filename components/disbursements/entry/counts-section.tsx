"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { NumberInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { fieldId, useEntryFields } from "./entry-context";
import { splitCounts } from "./entry-values";
import { focusSoon } from "./keyboard";
import { Section } from "./section";

function CountField({ unit, main }: { unit: CountUnit; main: boolean }) {
  const t = useTranslations("entry.counts");
  const labels = useTranslations("labels");
  const { values, change, errorOf } = useEntryFields();
  return (
    <Field
      id={fieldId(`counts.${unit}`)}
      label={labels(`countName.${unit}`)}
      error={errorOf(`counts.${unit}`)}
      hint={main ? t("mainHint") : undefined}
    >
      {(control) => (
        <NumberInput
          {...control}
          after={labels(`countUnit.${unit}`)}
          value={values.counts[unit]}
          onChange={(event) => {
            const text = event.target.value;
            change({ counts: { ...values.counts, [unit]: text } });
          }}
          onBlur={(event) => {
            const split = splitCounts(event.target.value);
            if (split) change({ counts: { ...values.counts, [unit]: "", ...split } });
          }}
        />
      )}
    </Field>
  );
}

/** The programme's own unit first; the others wait behind a button. Nothing adds one to another. */
export function CountsSection() {
  const t = useTranslations("entry.counts");
  const { values, programme } = useEntryFields();
  const [more, setMore] = useState(false);
  const main = programme?.mainUnit ?? "persons";
  const second: CountUnit = main === "persons" ? "households" : "persons";
  const shown = COUNT_UNITS.filter(
    (unit) => unit !== main && (more || unit === second || values.counts[unit] !== ""),
  );
  const hidden = COUNT_UNITS.length - 1 - shown.length;
  return (
    <Section title={t("title")}>
      <FieldRow>
        <CountField unit={main} main />
        {shown.map((unit) => (
          <CountField key={unit} unit={unit} main={false} />
        ))}
      </FieldRow>
      {hidden > 0 && (
        <div>
          <Button
            variant="quiet"
            size="small"
            icon={<ChevronDown aria-hidden />}
            onClick={() => {
              setMore(true);
              const next = COUNT_UNITS.find((unit) => unit !== main && !shown.includes(unit));
              if (next) focusSoon(fieldId(`counts.${next}`));
            }}
          >
            {t("more")}
          </Button>
        </div>
      )}
    </Section>
  );
}
