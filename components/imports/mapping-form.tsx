"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import type { Command } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { listOf } from "@/lib/features/imports/rules";
import type { ImportView, MapImportInput } from "@/lib/features/imports/schema";
import type { ValueMaps } from "@/lib/features/imports/types";
import type { PageReference } from "@/lib/features/reference/types";
import { headingOf } from "@/lib/features/rows/labels";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./imports.module.css";
import { MappingColumns } from "./mapping-columns";
import { MappingValues, useListOptions } from "./mapping-values";

/** What a table often leaves to its title. */
const CONSTANTS = [
  "programme",
  "paidOn",
  "aidCategory",
  "recipientKind",
  "form",
  "fundSource1",
] as const;

type Held = Pick<MapImportInput, "columns" | "units"> & {
  constants: Record<string, string>;
  values: ValueMaps;
};
type Holding = { reference: PageReference; held: Held; hold: (held: Held) => void };

function Constants({ reference, held, hold }: Holding) {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  const optionsOf = useListOptions(reference);
  const set = (column: string, value: string) => {
    const { [column]: _, ...others } = held.constants;
    hold({ ...held, constants: value === "" ? others : { ...others, [column]: value } });
  };
  return (
    <fieldset className={styles.form}>
      <legend className={styles.quiet}>{t("constants")}</legend>
      <div className={styles.constants}>
        {CONSTANTS.filter((column) => !held.columns.includes(column)).map((column) => {
          const list = listOf(column);
          const value = held.constants[column] ?? "";
          return (
            <Field key={column} label={headingOf(column, locale)}>
              {(control) =>
                list ? (
                  <Select
                    {...control}
                    placeholder={t("constantNone")}
                    value={value}
                    options={optionsOf(list)}
                    onChange={(event) => set(column, event.target.value)}
                  />
                ) : (
                  <TextInput
                    {...control}
                    value={value}
                    onChange={(event) => set(column, event.target.value)}
                  />
                )
              }
            </Field>
          );
        })}
      </div>
    </fieldset>
  );
}

type Place = { sheet: string; headerRow: string };

function PlaceOf({
  view,
  place,
  move,
}: {
  view: ImportView;
  place: Place;
  move: (place: Place) => void;
}) {
  // prettier-ignore
  const t = useTranslations("imports.mapping");
  return (
    <div className={styles.constants}>
      {view.sheets.length > 1 && (
        <Field label={t("sheet")}>
          {(control) => (
            <Select
              {...control}
              value={place.sheet}
              options={view.sheets.map(({ name, rows }) => ({
                value: name,
                label: t("sheetOption", { name, rows }),
              }))}
              onChange={(event) => move({ ...place, sheet: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t("headerRow")}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            value={place.headerRow}
            onChange={(event) => move({ ...place, headerRow: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

/** What each column of somebody's table and each of its words stand for, and what the table leaves unsaid. */
export function MappingForm({
  view,
  reference,
  command,
  onApply,
}: {
  view: ImportView;
  reference: PageReference;
  command: Pick<Command, "busy" | "failure">;
  onApply: (input: Partial<MapImportInput>) => void;
}) {
  const t = useTranslations("imports.mapping");
  const { mapping, headers, values, good, known } = view;
  const [held, hold] = useState<Held>({
    columns: mapping?.columns ?? [],
    units: mapping?.units ?? [],
    constants: mapping?.constants ?? {},
    values: mapping?.values ?? {},
  });
  const stands = { sheet: mapping?.sheet ?? "", headerRow: String(mapping?.headerRow ?? "") };
  const [place, move] = useState<Place>(stands);
  const moved = place.sheet !== stands.sheet || place.headerRow !== stands.headerRow;
  const mapsValues = values.length > 0 && !moved;

  function apply(event: FormEvent) {
    event.preventDefault();
    const at = { sheet: place.sheet, headerRow: Number(place.headerRow) || null };
    const { columns: _, units: __, ...others } = held;
    // of another head the columns are others: first it is to be seen
    onApply(moved ? { ...at, ...others } : { ...at, ...held });
  }

  const button = (
    <div className={styles.row}>
      <Button type="submit" busy={command.busy}>
        {t("apply")}
      </Button>
    </div>
  );
  return (
    <form className={styles.form} onSubmit={apply} noValidate>
      <FailureNote failure={command.failure} />
      {mapsValues && (
        <MappingValues
          values={values}
          reference={reference}
          held={held.values}
          hold={(next) => hold({ ...held, values: next })}
        />
      )}
      <details className={styles.mapping} open={(good + known === 0 && !mapsValues) || undefined}>
        <summary>{t("open")}</summary>
        <div className={styles.form}>
          <PlaceOf view={view} place={place} move={move} />
          {!moved && (
            <MappingColumns
              headers={headers}
              held={held}
              hold={(next) => hold({ ...held, ...next })}
            />
          )}
          <Constants reference={reference} held={held} hold={hold} />
          {!mapsValues && button}
        </div>
      </details>
      {mapsValues && button}
    </form>
  );
}
