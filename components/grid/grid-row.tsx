"use client";

import clsx from "clsx";
import { Ban, Check, CircleAlert, CircleDashed, CircleDot, CircleHelp, CircleX, CloudAlert, Copy, FileCheck } from "lucide-react"; // prettier-ignore
import { memo, useSyncExternalStore, type MouseEvent, type ReactNode, type RefObject } from "react";
import type { RowColumn } from "@/lib/features/rows/types";
import { toShown } from "./cell-input";
import { kindOf } from "./grid-columns";
import type { GridStore, RowView } from "./grid-store";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";
import { stateOf, type RowState } from "./row-state";
import styles from "./grid.module.css";

const signs: Record<Exclude<RowState, "blank">, typeof Check> = {
  unread: CircleAlert,
  failed: CloudAlert,
  refused: CircleX,
  barred: Ban,
  asking: CircleHelp,
  alike: Copy,
  unjudged: CircleDashed,
  waiting: CircleDot,
  kept: Check,
};

/** A sign and a word, never a colour alone. */
function StateSign({ state, word }: { state: RowState; word: string }) {
  if (state === "blank") return null;
  const Sign = signs[state];
  return (
    <span className={styles.state} data-state={state}>
      <Sign size={13} aria-hidden />
      {word}
    </span>
  );
}

/** Whatever else is to be said of the row: it is a draft in the ledger. */
const DraftSign = ({ word }: { word: string }) => (
  <span className={styles.draft} title={word}>
    <FileCheck size={13} aria-label={word} />
  </span>
);

type RowPlace = {
  /** In the view, from 0. */
  index: number;
  /** The column with the input, or -1. */
  active: number;
  /** Selected columns; empty where `from` is larger than `to`. */
  from: number;
  to: number;
  first: boolean;
  last: boolean;
};

export type GridRowProps = {
  id: string;
  store: GridStore;
  /** As it is at the moment of a click. */
  latestRef: RefObject<Grid>;
  columns: readonly RowColumn[];
  place: RowPlace;
  words: GridWords;
  /** The one input, in the cell that is active. */
  input: ReactNode;
};

export const rowHeadId = (id: string) => `grid-row-${id}`;
export const columnHeadId = (column: string) => `grid-column-${column}`;

/** Longer words may be cut at the edge of their cell. */
const LONG = 8;

function cellState({ reading, said, refused, copied }: RowView, column: RowColumn) {
  const cell = reading?.cells[column];
  const noted = cell?.note !== undefined || copied?.[column] !== undefined;
  return { problem: cell?.problem, refused: (said ?? refused)?.cells[column], noted };
}

function Cell({
  column,
  at,
  view,
  place,
  words,
  input,
  handlers,
}: {
  column: RowColumn;
  at: number;
  view: RowView;
  place: RowPlace;
  words: GridWords;
  input: ReactNode;
  handlers: { onMouseDown: (event: MouseEvent) => void; onMouseEnter: () => void };
}) {
  const text = view.texts[column] ?? "";
  const brought = view.reading?.blank === false ? view.reading.brought[column] : undefined;
  const { problem, refused, noted } = cellState(view, column);
  const selected = at >= place.from && at <= place.to;
  const active = at === place.active;
  const sentence = problem ? words.problem(problem) : refused;
  return (
    <td
      role="gridcell"
      aria-colindex={at + 2}
      aria-selected={selected}
      aria-invalid={sentence !== undefined || undefined}
      data-cell=""
      data-align={["money", "count"].includes(kindOf(column)) ? "end" : undefined}
      title={active ? undefined : (sentence ?? (text.length > LONG ? text : undefined))}
      className={clsx(
        styles.cell,
        selected && styles.selected,
        selected && place.first && styles.edgeTop,
        selected && place.last && styles.edgeBottom,
        selected && at === place.from && styles.edgeLeft,
        selected && at === place.to && styles.edgeRight,
        active && styles.active,
        sentence !== undefined && styles.wrong,
        noted && styles.noted,
      )}
      {...handlers}
    >
      {active ? (
        input
      ) : (
        <span className={styles.text}>
          {text === "" && brought !== undefined ? (
            <span className={styles.brought}>{words.brought(column, brought)}</span>
          ) : (
            toShown(text)
          )}
        </span>
      )}
      {sentence !== undefined && <CircleAlert className={styles.flag} size={12} aria-hidden />}
    </td>
  );
}

const PLACES = ["index", "active", "from", "to", "first", "last"] as const;
const PROPS = ["id", "store", "columns", "words", "input"] as const;

const isSame = (one: GridRowProps, other: GridRowProps) =>
  PROPS.every((name) => one[name] === other[name]) &&
  PLACES.every((name) => one.place[name] === other.place[name]);

/** A row takes its own part of the store: typing in one draws no other. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, store, latestRef, columns, place, words, input } = props;
  const read = () => store.row(id);
  const view = useSyncExternalStore(store.subscribe, read, read);
  const state = stateOf(view);
  return (
    <tr role="row" aria-rowindex={place.index + 2} className={styles.row} data-state={state}>
      <th
        scope="row"
        role="rowheader"
        id={rowHeadId(id)}
        aria-colindex={1}
        className={clsx(styles.head, styles.first, place.active >= 0 && styles.headActive)}
        onMouseDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          const { select, selected, commit } = latestRef.current;
          commit();
          const from = event.shiftKey ? selected.row : place.index;
          select({ row: from, column: 0 }, { row: place.index, column: columns.length - 1 });
        }}
      >
        {view.held && state !== "kept" && <DraftSign word={words.t("state.draft")} />}
        <span className={styles.number}>{place.index + 1}</span>
        <StateSign state={state} word={state === "blank" ? "" : words.t(`state.${state}`)} />
      </th>
      {columns.map((column, at) => (
        <Cell
          key={column}
          column={column}
          at={at}
          view={view}
          place={place}
          words={words}
          input={at === place.active ? input : null}
          handlers={{
            onMouseDown: (event) => {
              if (event.button !== 0) return;
              if (at === place.active && !event.shiftKey) {
                // The cell that is being typed into keeps its caret; the others are no longer selected with it.
                if (place.from !== place.to || !place.first || !place.last)
                  latestRef.current.select({ row: place.index, column: at });
                return;
              }
              latestRef.current.press({ row: id, column }, event.shiftKey);
              event.preventDefault();
            },
            onMouseEnter: () => latestRef.current.drag({ row: id, column }),
          }}
        />
      ))}
    </tr>
  );
}, isSame);
