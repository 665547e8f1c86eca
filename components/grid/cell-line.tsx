"use client";

import { CircleAlert, CircleHelp, Copy, Info } from "lucide-react";
import { useSyncExternalStore } from "react";
import { openFindings } from "@/lib/features/findings/present";
import { formatFen } from "@/lib/kernel/money";
import type { RowColumn } from "@/lib/features/rows/types";
import { listText, wholeText } from "@/lib/kernel/written";
import { headingParts } from "./grid-columns";
import type { RowView } from "./grid-store";
import type { GridWords } from "./grid-words";
import { totalsOf } from "./totals";
import type { Grid } from "./use-grid";
import styles from "./grid.module.css";

/** Cells that are selected together, as the status bar of a spreadsheet counts them. */
function SelectedSum({
  grid,
  words,
  views,
}: {
  grid: Grid;
  words: GridWords;
  views: ReadonlyMap<string, RowView>;
}) {
  const { shown, selected } = grid;
  const { area } = selected;
  const columns = grid.view.columns.slice(area.column, area.column + area.columns);
  const rows = shown.rows.slice(area.row, area.row + area.rows);
  const { of } = totalsOf(rows.map((id) => views.get(id)?.reading ?? null), columns); // prettier-ignore
  const sums = (Object.entries(of) as [RowColumn, (typeof of)[RowColumn]][]).flatMap(
    ([column, total]) => {
      if (total === undefined) return [];
      const value = "fen" in total ? formatFen(total.fen) : wholeText(total.count);
      return [words.t("sumOf", { column: headingParts(column, words.locale).name, value })];
    },
  );
  return (
    <span>{[words.t("selected", { cells: area.rows * area.columns }), ...sums].join(" · ")}</span>
  );
}

/** As they stand in the table; a row that is not looked at has none. */
const numbersOf = (ids: readonly string[], rows: readonly string[]) =>
  ids.map((id) => rows.indexOf(id) + 1).filter((number) => number > 0);

/** The line above the table: what the active cell says, why it cannot be read, and how it is understood. */
export function CellLine({ grid, words, id }: { grid: Grid; words: GridWords; id: string }) {
  const { store, shown, selected } = grid;
  const rows = useSyncExternalStore(store.subscribe, store.rows, store.rows);
  const row = shown.rows[selected.row] ?? "";
  const column = grid.view.columns[selected.column];
  const {
    reading = null,
    held = null,
    said = null,
    findings = null,
    refused = null,
    alike = [],
    copied = null,
  } = rows.get(row) ?? {};
  const was = column && copied?.[column];
  const { hard, unanswered } = openFindings(findings ?? []);
  const cell = column && reading?.cells[column];
  const untaken = said ?? refused;
  const problem = cell?.problem
    ? words.problem(cell.problem)
    : ((column && untaken?.cells[column]) ?? untaken?.row ?? null);
  const brought = column && reading?.brought[column];
  const numbers = numbersOf(alike, shown.rows);
  const several = selected.area.rows * selected.area.columns > 1;
  const place = column
    ? words.t("place", { row: selected.row + 1, column: words.name(column) })
    : "";
  return (
    <p className={styles.line}>
      <span className={styles.place}>
        {held ? words.t("placeOfDraft", { place, reference: held.reference }) : place}
      </span>
      <span id={id} className={styles.said}>
        {problem && (
          <span className={styles.problem}>
            <CircleAlert size={14} aria-hidden />
            {problem}
          </span>
        )}
        {brought !== undefined && (
          <span className={styles.note}>
            <Info size={13} aria-hidden />
            {words.t("brought", { value: words.brought(column ?? "note", brought) })}
          </span>
        )}
        {!problem && brought === undefined && cell?.echo && (
          <span className={styles.echo}>= {cell.echo}</span>
        )}
        {numbers.length > 0 && (
          <span className={styles.note}>
            <Copy size={13} aria-hidden />
            {words.t("alike", { rows: listText(numbers, words.locale) })}
          </span>
        )}
        {[...hard, ...unanswered].map((finding) => (
          <span key={`${finding.rule}-${finding.field}`} className={styles.note}>
            <CircleHelp size={13} aria-hidden />
            {words.t(finding.level === "hard" ? "state.barred" : "state.asking")}
            {": "}
            {words.finding(finding)}
          </span>
        ))}
        {was !== undefined && (
          <span className={styles.note}>
            <Info size={13} aria-hidden />
            {words.t("copies.was", { was: was || words.t("copies.nothing") })}
          </span>
        )}
        {cell?.note && (
          <span className={styles.note}>
            <Info size={13} aria-hidden />
            {words.note(cell.note)}
          </span>
        )}
      </span>
      {several && <SelectedSum grid={grid} words={words} views={rows} />}
    </p>
  );
}
