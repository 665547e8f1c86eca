"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import type { RowColumn } from "@/lib/features/rows/types";
import { nameOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { ALL_COLUMNS } from "./grid-columns";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";
import styles from "./grid.module.css";

/** What stands in the menus of the table: it comes with the first key or touch. */

type Tools = { grid: Grid; words: GridWords };

export function ColumnsPanel({ grid, words }: Tools) {
  const { t } = words;
  const { columns, show } = grid.view;
  const hidden = ALL_COLUMNS.filter((column) => !columns.includes(column));
  function move(column: RowColumn, by: 1 | -1) {
    const rest = columns.filter((other) => other !== column);
    const at = Math.min(Math.max(columns.indexOf(column) + by, 0), rest.length);
    show([...rest.slice(0, at), column, ...rest.slice(at)]);
  }
  return (
    <div className={styles.columnChoice}>
      {columns.map((column) => (
        <div key={column} className={styles.columnLine}>
          <Checkbox
            label={words.name(column)}
            checked
            disabled={columns.length === 1}
            onChange={() => show(columns.filter((other) => other !== column))}
          />
          <Button
            size="small"
            variant="quiet"
            aria-label={t("tools.earlier", { column: words.name(column) })}
            icon={<ArrowUp size={14} aria-hidden />}
            onClick={() => move(column, -1)}
          />
          <Button
            size="small"
            variant="quiet"
            aria-label={t("tools.later", { column: words.name(column) })}
            icon={<ArrowDown size={14} aria-hidden />}
            onClick={() => move(column, 1)}
          />
        </div>
      ))}
      {hidden.map((column) => (
        <Checkbox
          key={column}
          label={words.name(column)}
          checked={false}
          onChange={() => show([...columns, column])}
        />
      ))}
      <Button size="small" variant="quiet" onClick={() => show(null)}>
        {t("tools.firstColumns")}
      </Button>
    </div>
  );
}

const KEYS = [
  "move",
  "edit",
  "down",
  "fillKeys",
  "undo",
  "find",
  "choices",
  "rows",
  "verbs",
  "leave",
] as const;

export function KeysPanel({ words }: Pick<Tools, "words">) {
  return (
    <ul className={styles.keys}>
      {KEYS.map((key) => (
        <li key={key}>{words.t(`keys.${key}`)}</li>
      ))}
    </ul>
  );
}

/** Those that may be chosen, and those that are. */
export function ProgrammesPanel({
  reference,
  chosen,
  words,
  onChoose,
}: {
  reference: Reference;
  chosen: readonly string[];
  words: GridWords;
  onChoose: (programmes: string[]) => void;
}) {
  const { t, locale } = words;
  const listed = reference.programmes.filter(({ active, code }) => active || chosen.includes(code));
  return (
    <fieldset className={styles.columnChoice}>
      <legend>{t("programmes.legend")}</legend>
      {listed.map((programme) => (
        <Checkbox
          key={programme.code}
          label={nameOf(programme, locale)}
          checked={chosen.includes(programme.code)}
          onChange={({ target }) =>
            onChoose(
              target.checked
                ? [...chosen, programme.code]
                : chosen.filter((code) => code !== programme.code),
            )
          }
        />
      ))}
    </fieldset>
  );
}
