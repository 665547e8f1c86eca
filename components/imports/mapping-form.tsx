"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import type { Command } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import type { ImportView, MapImportInput } from "@/lib/features/imports/schema";
import { OWN_COLUMNS } from "@/lib/features/imports/types";
import { nameOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import { headingOf, isMoney } from "@/lib/features/rows/labels";
import { rowColumns, type RowColumn } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import styles from "./imports.module.css";

/** A foreign table seldom has more; a mapping that was kept may. */
const SOURCES = 6;

/** What a table often leaves to its title. */
const CONSTANTS = [
  "programme",
  "paidOn",
  "aidCategory",
  "recipientKind",
  "form",
  "fundSource1",
] as const;
type Constant = (typeof CONSTANTS)[number];

function useColumnOptions(): SelectOption[] {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  return [
    ...rowColumns(SOURCES).map((column) => ({ value: column, label: headingOf(column, locale) })),
    ...OWN_COLUMNS.map((column) => ({ value: column, label: t(`own.${column}`) })),
  ];
}

function useConstantOptions(reference: PageReference): (column: Constant) => SelectOption[] | null {
  const labels = useTranslations("labels.form");
  const locale = useLocale() as Locale;
  const named = (
    list: readonly { code: string; nameZh: string; nameEn: string; active?: boolean }[],
  ) =>
    list
      .filter(({ active }) => active !== false)
      .map((one) => ({ value: one.code, label: nameOf(one, locale) }));
  return (column) => {
    switch (column) {
      case "programme":
        return named(reference.programmes);
      case "aidCategory":
        return named(reference.aidCategories);
      case "recipientKind":
        return named(reference.recipientKinds);
      case "fundSource1":
        return named(reference.fundSources);
      case "form":
        return AID_FORMS.map((form) => ({ value: form, label: labels(form) }));
      case "paidOn":
        return null;
    }
  };
}

type Held = Pick<MapImportInput, "columns" | "units" | "constants">;

function ColumnsTable({
  view,
  held,
  hold,
}: {
  view: ImportView;
  held: Held;
  hold: (held: Held) => void;
}) {
  const t = useTranslations("imports.mapping");
  const options = useColumnOptions();
  const change = <K extends "columns" | "units">(name: K, at: number, value: Held[K][number]) =>
    hold({ ...held, [name]: held[name].map((one, index) => (index === at ? value : one)) });
  const shown = view.headers.flatMap((header, at) => (header === "" && !held.columns[at] ? [] : [{ header, at }])); // prettier-ignore
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("header")}</th>
            <th scope="col">{t("column")}</th>
            <th scope="col">{t("unit")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ header, at }) => {
            const column = held.columns[at] ?? "";
            const known = options.some(({ value }) => value === column);
            return (
              <tr key={at}>
                <th scope="row">{header === "" ? "—" : header}</th>
                <td>
                  <Select
                    aria-label={t("columnOf", { header })}
                    placeholder={t("none")}
                    value={column}
                    options={column !== "" && !known ? [...options, { value: column, label: column }] : options} // prettier-ignore
                    onChange={(event) => change("columns", at, event.target.value || null)}
                  />
                </td>
                <td>
                  {column !== "" && known && isMoney(column as RowColumn) ? (
                    <Select
                      aria-label={t("unitOf", { header })}
                      value={held.units[at] ?? "yuan"}
                      options={[
                        { value: "yuan", label: t("yuan") },
                        { value: "wan", label: t("wan") },
                      ]}
                      onChange={(event) =>
                        change("units", at, event.target.value === "wan" ? "wan" : "yuan")
                      }
                    />
                  ) : (
                    "—"
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Constants({
  reference,
  held,
  hold,
}: {
  reference: PageReference;
  held: Held;
  hold: (held: Held) => void;
}) {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  const optionsOf = useConstantOptions(reference);
  const set = (column: Constant, value: string) => {
    const { [column]: _, ...others } = held.constants;
    hold({ ...held, constants: value === "" ? others : { ...others, [column]: value } });
  };
  return (
    <fieldset className={styles.form}>
      <legend className={styles.quiet}>{t("constants")}</legend>
      <div className={styles.constants}>
        {CONSTANTS.filter((column) => !held.columns.includes(column)).map((column) => {
          const options = optionsOf(column);
          const value = held.constants[column] ?? "";
          return (
            <Field key={column} label={headingOf(column, locale)}>
              {(control) =>
                options ? (
                  <Select
                    {...control}
                    placeholder={t("constantNone")}
                    value={value}
                    options={options}
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

/** What each column of somebody's table stands for, and what the table leaves unsaid. */
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
  const mapping = view.mapping;
  const [held, hold] = useState<Held>({
    columns: mapping?.columns ?? [],
    units: mapping?.units ?? [],
    constants: mapping?.constants ?? {},
  });
  const [sheet, setSheet] = useState(mapping?.sheet ?? "");
  const [headerRow, setHeaderRow] = useState(String(mapping?.headerRow ?? ""));
  const moved = sheet !== mapping?.sheet || headerRow !== String(mapping.headerRow ?? "");

  function apply(event: FormEvent) {
    event.preventDefault();
    const place = { sheet, headerRow: Number(headerRow) || null };
    // of another head the columns are others: first it is to be seen
    onApply(moved ? { ...place, constants: held.constants } : { ...place, ...held });
  }

  return (
    <form className={styles.form} onSubmit={apply} noValidate>
      <FailureNote failure={command.failure} />
      <div className={styles.constants}>
        {view.sheets.length > 1 && (
          <Field label={t("sheet")}>
            {(control) => (
              <Select
                {...control}
                value={sheet}
                options={view.sheets.map(({ name, rows }) => ({
                  value: name,
                  label: t("sheetOption", { name, rows }),
                }))}
                onChange={(event) => setSheet(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={t("headerRow")}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              value={headerRow}
              onChange={(event) => setHeaderRow(event.target.value)}
            />
          )}
        </Field>
      </div>
      {!moved && <ColumnsTable view={view} held={held} hold={hold} />}
      <Constants reference={reference} held={held} hold={hold} />
      <div className={styles.row}>
        <Button type="submit" busy={command.busy}>
          {t("apply")}
        </Button>
      </div>
    </form>
  );
}
