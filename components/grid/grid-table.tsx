"use client";

import { Fragment, useEffect, useId, useRef, useSyncExternalStore, type RefObject } from "react";
import type { ComboboxOption } from "@/components/form/combobox-filter";
import type { RowColumn } from "@/lib/features/rows/types";
import { textOf } from "@/lib/features/grid/workflow";
import { CellInput } from "./cell-input";
import { ChoiceList, choiceId } from "./choice-list";
import { kindOf } from "./grid-columns";
import { GridHead } from "./grid-head";
import { columnHeadId, GridRow, rowHeadId } from "./grid-row";
import { GridTotals } from "./grid-totals";
import type { GridWords } from "./grid-words";
import type { Totals } from "./totals";
import { useChoices } from "./use-choices";
import type { Grid } from "./use-grid";
import type { Paste } from "./use-grid-clipboard";
import { openCell, useGridKeys, type KeyAsks } from "./use-grid-keys";
import { useMedia } from "./use-media";
import { useVirtualRows } from "./use-virtual-rows";
import { useWholeRows } from "./use-whole-rows";
import styles from "./grid.module.css";

const FIRST_WIDTH = 120;

export type GridTableProps = {
  grid: Grid;
  words: GridWords;
  totals: Totals;
  choicesOf: (column: RowColumn) => readonly ComboboxOption[];
  paste: Paste;
  keys: KeyAsks;
  onSort: (column: RowColumn) => void;
  /** What is said of the active cell stands elsewhere, under this id. */
  lineId: string;
  focusedRef: RefObject<boolean>;
};

const Spacer = ({ rows, height }: { rows: number; height: number }) =>
  rows > 0 ? <tr aria-hidden style={{ height: rows * height }} className={styles.spacer} /> : null;

function ActiveInput({
  grid,
  words,
  choices,
  lineId,
  focusedRef,
  composingRef,
  caretRef,
}: Pick<GridTableProps, "grid" | "words" | "lineId"> & {
  choices: ReturnType<typeof useChoices>;
} & Record<"focusedRef" | "composingRef" | "caretRef", RefObject<boolean>>) {
  const { store, shown, selected } = grid;
  const listId = useId();
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const [row = "", column = "programme"] = [shown.rows[selected.row], grid.view.columns[selected.column]]; // prettier-ignore
  const open = state.open?.row === row && state.open.column === column ? state.open : null;
  const read = () => store.row(row);
  const { reading, said, refused } = useSyncExternalStore(store.subscribe, read, read);
  const invalid = reading?.cells[column]?.problem ?? (said ?? refused)?.cells[column];
  const brought = reading?.blank === false ? reading.brought[column] : undefined;
  const isChoice = kindOf(column) === "choice";
  const offers = choices.options.length > 0;
  return (
    <>
      <CellInput
        at={`${row} ${column}`}
        value={open?.text ?? textOf(state.content, row, column)}
        open={open !== null}
        labelledBy={`${columnHeadId(column)} ${rowHeadId(row)}`}
        describedBy={lineId}
        invalid={invalid !== undefined}
        align={["money", "count"].includes(kindOf(column)) ? "end" : undefined}
        brought={brought && words.brought(column, brought)}
        choices={isChoice ? { listId, open: offers, active: offers && choices.active >= 0 ? choiceId(listId, choices.active) : undefined } : null} // prettier-ignore
        focusedRef={focusedRef}
        composingRef={composingRef}
        onText={(text) => {
          if (open === null) caretRef.current = false;
          store.type({ row, column, text });
        }}
        onOpen={() => openCell({ grid, caretRef: caretRef })}
      />
      {offers && (
        <ChoiceList
          id={listId}
          label={words.name(column)}
          choices={choices}
          onTake={(at) => {
            choices.take(at);
            grid.commit();
          }}
        />
      )}
    </>
  );
}

export function GridTable(props: GridTableProps) {
  const { grid, words, totals, paste, keys, onSort, lineId, focusedRef } = props;
  const { store, shown, selected, width } = grid;
  const { columns } = grid.view;
  const frame = useRef<HTMLDivElement>(null);
  const latestRef = useRef(grid);
  useEffect(() => {
    latestRef.current = grid;
  });
  useEffect(() => {
    // Whoever comes with a block on the clipboard pastes it at once; a finger would only get a keyboard.
    const idle = document.activeElement === document.body;
    if (idle && window.matchMedia("(pointer: fine)").matches)
      frame.current?.querySelector("input")?.focus({ preventScroll: true });
  }, []);
  const composingRef = useRef(false);
  const caretRef = useRef(false);
  const open = useSyncExternalStore(
    store.subscribe,
    () => store.state().open,
    () => null,
  );
  const column = columns[selected.column];
  const choices = useChoices(store, open, column ? props.choicesOf(column) : []);
  const height = useMedia("(pointer: coarse)") ? 44 : 32;
  useWholeRows(frame, height);
  const rowCount = shown.rows.length;
  const items = useVirtualRows({ count: rowCount, height, active: selected.row, frameRef: frame });
  useEffect(() => store.see(items.flatMap((index) => shown.rows[index] ?? [])));
  const onKeyDown = useGridKeys({
    grid,
    choices,
    composingRef,
    caretRef,
    frameRef: frame,
    height,
    asks: keys,
  });
  const { area } = selected;
  const input = <ActiveInput {...{ grid, words, choices, lineId }} {...{ focusedRef, composingRef, caretRef }} />; // prettier-ignore
  const total = columns.reduce((sum, id) => sum + width(id), FIRST_WIDTH);

  return (
    <div
      ref={frame}
      className={styles.frame}
      onFocus={() => {
        focusedRef.current = true;
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        // A cell that another one replaces loses the focus to nothing; that is no leaving.
        if (event.relatedTarget !== null) focusedRef.current = false;
        if (!composingRef.current) grid.commit();
      }}
      onMouseDown={(event) => {
        focusedRef.current = true;
        if (!(event.target instanceof HTMLInputElement)) grid.commit();
      }}
      onKeyDown={onKeyDown}
      onCopy={paste.onCopy}
      onCut={paste.onCut}
      onPaste={paste.onPaste}
    >
      <table
        role="grid"
        aria-label={words.t("title")}
        aria-rowcount={shown.rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        className={styles.table}
        style={{ width: total }}
      >
        <colgroup>
          <col style={{ width: FIRST_WIDTH }} />
          {columns.map((id) => (
            <col key={id} style={{ width: width(id) }} />
          ))}
        </colgroup>
        <GridHead grid={grid} words={words} onSort={onSort} />
        <tbody role="rowgroup" style={{ ["--grid-row" as string]: `${height}px` }}>
          {items.map((index, at) => {
            const id = shown.rows[index] ?? "";
            const inside = index >= area.row && index < area.row + area.rows;
            return (
              <Fragment key={id}>
                <Spacer rows={index - (items[at - 1] ?? -1) - 1} height={height} />
                <GridRow
                  {...{ id, store, latestRef, columns, words }}
                  place={{
                    index,
                    active: index === selected.row ? selected.column : -1,
                    from: inside ? area.column : 0,
                    to: inside ? area.column + area.columns - 1 : -1,
                    first: index === area.row,
                    last: index === area.row + area.rows - 1,
                  }}
                  input={index === selected.row ? input : null}
                />
              </Fragment>
            );
          })}
          <Spacer rows={shown.rows.length - 1 - (items.at(-1) ?? -1)} height={height} />
        </tbody>
        <GridTotals columns={columns} totals={totals} words={words} />
      </table>
    </div>
  );
}
