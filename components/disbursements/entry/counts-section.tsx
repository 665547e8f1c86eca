"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { NumberInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { wholeText } from "@/lib/kernel/written";
import { fieldId, useEntryFields } from "./entry-context";
import type { EntryReading } from "@/lib/features/entry/types";
import { splitCounts } from "@/lib/features/entry/present";
import { focusSoon } from "./keyboard";
import { Section } from "./section";

/** The count of the rate basis is offered, not taken: 1,185 workers × 365 days are no 1,185 breakfasts. */
function rateCount({ rate }: EntryReading): number | null {
  return rate.kind === "complete" || rate.kind === "derived" ? rate.rate.count : null;
}

function CountField({ unit, main }: { unit: CountUnit; main: boolean }) {
  const t = useTranslations("entry.counts");
  const labels = useTranslations("labels");
  const { values, change, errorOf, reading } = useEntryFields();
  const read = reading.counts[unit];
  const offered = main && read.kind === "empty" ? rateCount(reading) : null;
  const set = (text: string) => change({ counts: { ...values.counts, [unit]: text } });
  return (
    <Field
      id={fieldId(`counts.${unit}`)}
      label={labels(`countName.${unit}`)}
      error={errorOf(`counts.${unit}`)}
      hint={
        offered !== null ? (
          <Button variant="quiet" size="small" onClick={() => set(String(offered))}>
            {t("fromRate", { count: wholeText(offered), unit: labels(`countUnit.${unit}`) })}
          </Button>
        ) : read.kind === "count" &&
          (read.about || wholeText(read.count) !== values.counts[unit]) ? (
          <output>
            {t(read.about ? "about" : "echo", {
              count: wholeText(read.count),
              unit: labels(`countUnit.${unit}`),
            })}
          </output>
        ) : main ? (
          t("mainHint")
        ) : undefined
      }
    >
      {(control) => (
        <NumberInput
          {...control}
          after={labels(`countUnit.${unit}`)}
          value={values.counts[unit]}
          onChange={(event) => set(event.target.value)}
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
