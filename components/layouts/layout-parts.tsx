"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { LAYOUT_MOST, type Layout } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import { LayoutColumns } from "./layout-columns";
import { isGathering, moved, newPart, replaced, withAxis, type DraftPart, type Faults } from "./layout-draft"; // prettier-ignore
import { Fault, idOf } from "./layout-faults";
import styles from "./layouts.module.css";
import { MoveTools } from "./move-tools";
import { TextPair } from "./text-pair";
import { ValuePicker } from "./value-picker";

type LayoutPartsProps = {
  rows: Layout["rows"];
  parts: DraftPart[];
  choices: LayoutChoices;
  faults: Faults;
  onChange: (next: DraftPart[]) => void;
};

type PartProps = Omit<LayoutPartsProps, "parts" | "onChange"> & {
  part: DraftPart;
  place: string;
  called: string;
  change: (next: DraftPart) => void;
};

function Part({ rows, choices, part, place, called, faults, change }: PartProps) {
  const t = useTranslations("layoutForms");
  return (
    <>
      <TextPair
        place={`${place}.name`}
        faults={faults}
        label={t("partName")}
        labelEn={t("partNameEn")}
        value={part.name}
        max={40}
        onChange={(name) => change({ ...part, name })}
      />
      <div className={styles.pair}>
        <Field
          id={idOf(`${place}.axis`)}
          label={t("axis")}
          width="half"
          error={faults[`${place}.axis`]}
        >
          {(control) => (
            <Select
              {...control}
              placeholder={t("whole")}
              options={choices.axes.filter(({ value }) => value !== rows || value === part.axis)}
              value={part.axis ?? ""}
              onChange={(event) =>
                change(withAxis(part, (event.target.value || null) as DraftPart["axis"]))
              }
            />
          )}
        </Field>
        <ValuePicker
          place={`${place}.measures`}
          faults={faults}
          legend={t("measures")}
          of={called}
          options={choices.measures}
          chosen={part.measures}
          ordered
          onChange={(next) => change({ ...part, measures: next as DraftPart["measures"] })}
        />
      </div>
      {isGathering(part.axis) && (
        <LayoutColumns
          part={part}
          axis={part.axis}
          place={place}
          of={called}
          choices={choices}
          faults={faults}
          onChange={(groups) => change({ ...part, groups })}
        />
      )}
    </>
  );
}

const ADD = "layout-add-part";

/** The groups of columns of a form, each with what it is parted by and what it counts. */
export function LayoutParts({ parts, faults, onChange, ...props }: LayoutPartsProps) {
  const t = useTranslations("layoutForms");
  return (
    <>
      {parts.map((part, at) => {
        const called = t("part", { number: at + 1 });
        const place = `blocks.${part.key}`;
        return (
          <fieldset key={part.key} id={idOf(place)} className={styles.group}>
            <legend>{called}</legend>
            <MoveTools
              what={called}
              at={at}
              count={parts.length}
              after={ADD}
              onMove={(step) => onChange(moved(parts, at, step))}
              onRemove={
                parts.length > 1 ? () => onChange(replaced(parts, part.key, null)) : undefined
              }
            />

            <Fault place={place} said={faults[place]} />
            <Part
              {...props}
              part={part}
              place={place}
              called={called}
              faults={faults}
              change={(next) => onChange(replaced(parts, part.key, next))}
            />
          </fieldset>
        );
      })}
      <Fault place="blocks" said={faults["blocks"]} />
      {parts.length < LAYOUT_MOST.blocks && (
        <div>
          <Button id={ADD} size="small" onClick={() => onChange([...parts, newPart()])}>
            {t("addPart")}
          </Button>
        </div>
      )}
    </>
  );
}
