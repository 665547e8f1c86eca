"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FileInput } from "@/components/form/file-input";
import { Select } from "@/components/form/select";
import { readTableFile } from "@/lib/browser/table-file";
import { MOST_LINES, ROSTER_COLUMNS, type RosterColumn } from "@/lib/features/rosters/labels";
import { columnTaken, peopleOf, readTyped, tableOf, type RosterTable, type TypedLine } from "@/lib/features/rosters/rules"; // prettier-ignore
import styles from "./rosters.module.css";

/** So many rows are named with what is wrong in them; the rest is counted, and marked in the table afterwards. */
const MOST_NAMED = 10;

function Columns({
  table,
  onTable,
}: {
  table: RosterTable;
  onTable: (table: RosterTable) => void;
}) {
  // prettier-ignore
  const t = useTranslations("rosters");
  return (
    <fieldset className={styles.columns}>
      <legend>{t("import.columns")}</legend>
      {table.headings.map((heading, at) =>
        heading.trim() === "" && !table.columns[at] ? null : (
          <Field key={at} label={heading.trim() || t("import.column", { at: at + 1 })}>
            {(control) => (
              <Select
                {...control}
                value={table.columns[at] ?? ""}
                options={[
                  { value: "", label: t("import.leave") },
                  ...ROSTER_COLUMNS.map((column) => ({
                    value: column,
                    label: t(`column.${column}`),
                  })),
                ]}
                onChange={({ target }) =>
                  onTable(columnTaken(table, at, (target.value || null) as RosterColumn | null))
                }
              />
            )}
          </Field>
        ),
      )}
    </fieldset>
  );
}

type People = ReturnType<typeof peopleOf>;

/** How many lines there are, and which rows of the file say what cannot be. No value of it is repeated. */
function Preview({ people, today }: { people: People; today: string }) {
  const t = useTranslations("rosters");
  const field = useTranslations("errors.field");
  const faulty = useMemo(
    () =>
      people.flatMap(({ line, at }) => {
        const faults = Object.entries(readTyped(line, today).faults);
        return faults.length > 0 ? [{ at, faults }] : [];
      }),
    [people, today],
  );
  return (
    <div role="status" className="stack">
      <p>{t("import.found", { lines: people.length })}</p>
      {faulty.length > 0 && (
        <>
          <p className={styles.differs}>{t("import.faulty", { count: faulty.length })}</p>
          <ul>
            {faulty.slice(0, MOST_NAMED).map(({ at, faults }) => (
              <li key={at}>
                {t("import.row", { row: at })}
                {faults.map(([column, fault]) => (
                  <span key={column} className={styles.said}>
                    {t("fault", {
                      column: t(`column.${column as RosterColumn}`),
                      text: field(fault.key as "required", { line: at }),
                    })}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

type Props = {
  today: string;
  /** Lines that are there already. */
  filled: number;
  nextKey: () => number;
  onLines: (lines: TypedLine[], replaces: boolean) => void;
  onClose: () => void;
};

/** A list from a file. It is read in this tab: what leaves it is the lines, when the roster is saved. */
export function ImportDialog({ today, filled, nextKey, onLines, onClose }: Props) {
  const t = useTranslations("rosters.import");
  const [file, setFile] = useState<File | null>(null);
  const [table, setTable] = useState<RosterTable | null>(null);
  const [replaces, setReplaces] = useState(true);
  const [fault, setFault] = useState<string>();
  const people = useMemo(() => table && peopleOf(table, nextKey), [table, nextKey]);
  const kept = replaces ? 0 : filled;

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    setFile(chosen);
    const cells = await readTableFile(chosen);
    const found = cells && tableOf(cells);
    setTable(found);
    setFault(cells === null ? t("notTable") : found === null ? t("noHeadings") : undefined);
  }
  function confirm() {
    if (!people || people.length === 0) return setFault(fault ?? t("nothing"));
    if (!table?.columns.includes("name")) return setFault(t("noName"));
    if (kept + people.length > MOST_LINES) return setFault(t("tooMany", { most: MOST_LINES }));
    onLines(people.map(({ line }) => line), replaces); // prettier-ignore
  }

  return (
    <CommandDialog
      command={{ busy: false, failure: null }}
      title={t("title")}
      confirm={t("confirm")}
      size="wide"
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>{t("how", { most: MOST_LINES })}</p>
      <Field label={t("file")} hint={t("hint")} error={fault}>
        {(control) => (
          <FileInput
            {...control}
            file={file}
            pick={(f) => void choose(f)}
            accept=".xlsx,.csv,.txt"
          />
        )}
      </Field>
      {table && <Columns table={table} onTable={setTable} />}
      {people && <Preview people={people} today={today} />}
      {filled > 0 && (
        <Checkbox
          label={t("replaces", { lines: filled })}
          checked={replaces}
          onChange={({ target }) => setReplaces(target.checked)}
        />
      )}
    </CommandDialog>
  );
}
