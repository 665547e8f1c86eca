"use client";

import { Columns3, Keyboard, PaintBucket, Redo2, Rows3, Search, Undo2 } from "lucide-react"; // prettier-ignore
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { Direction } from "@/lib/features/grid/present";
import type { SeriesStep } from "@/lib/kernel/series";
import { fill, insertRows, removeRows, takeBack } from "./grid-acts";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";
import styles from "./grid.module.css";

const ColumnsPanel = later(() => import("./grid-panels").then((m) => m.ColumnsPanel));
const KeysPanel = later(() => import("./grid-panels").then((m) => m.KeysPanel));

type Tools = { grid: Grid; words: GridWords };

function ColumnsMenu({ grid, words }: Tools) {
  return (
    <Menu
      size="small"
      stayOpen
      whenOpen
      align="page"
      label={
        <>
          <Columns3 size={16} aria-hidden />
          {words.t("tools.columns")}
        </>
      }
    >
      <ColumnsPanel grid={grid} words={words} />
    </Menu>
  );
}

/** What is done from a menu ends in the table, where one goes on typing. */
const then = (grid: Grid, act: () => unknown) => (): void => {
  act();
  grid.focus();
};

const FILLS = [
  ["down", null, "down"],
  ["right", null, "right"],
  ["down", "month", "downMonth"],
  ["down", "day", "downDay"],
  ["right", "month", "rightMonth"],
] as const satisfies readonly (readonly [Direction, SeriesStep | null, string])[];

function FillMenu({ grid, words }: Tools) {
  return (
    <Menu
      size="small"
      label={
        <>
          <PaintBucket size={16} aria-hidden />
          {words.t("tools.fill")}
        </>
      }
    >
      {FILLS.map(([direction, series, key]) => (
        <MenuItem key={key} onSelect={then(grid, () => fill(grid, direction, series))}>
          {words.t(`fill.${key}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

type RowAsks = {
  onRemoved: (gone: { rows: number; drafts: number }) => void;
  /** 照上月 and 照上年. */
  onCopies: () => void;
  /** 十二个月 out of the active row. */
  onMonths: () => void;
};

function RowsMenu({ grid, words, onRemoved, onCopies, onMonths }: Tools & RowAsks) {
  const count = grid.selected.area.rows;
  return (
    <Menu
      size="small"
      label={
        <>
          <Rows3 size={16} aria-hidden />
          {words.t("tools.rows")}
        </>
      }
    >
      <MenuItem onSelect={then(grid, () => insertRows(grid, "above"))}>
        {words.t("rows.above", { count })}
      </MenuItem>
      <MenuItem onSelect={then(grid, () => insertRows(grid, "below"))}>
        {words.t("rows.below", { count })}
      </MenuItem>
      <MenuItem onSelect={then(grid, () => onRemoved(removeRows(grid)))}>
        {words.t("rows.remove", { count })}
      </MenuItem>
      <MenuItem onSelect={onCopies}>{words.t("copies.menu")}</MenuItem>
      <MenuItem onSelect={then(grid, onMonths)}>{words.t("copies.months")}</MenuItem>
    </Menu>
  );
}

function KeysMenu({ words }: Pick<Tools, "words">) {
  return (
    <Menu
      size="small"
      stayOpen
      whenOpen
      align="page"
      label={<Keyboard size={16} aria-hidden />}
      ariaLabel={words.t("tools.keys")}
    >
      <KeysPanel words={words} />
    </Menu>
  );
}

/** Fewer rows than these are judged before one has read how many they are. */
const TOLD_FROM = 20;

/** What the keys do, for the mouse and the finger. */
export function GridTools({
  grid,
  words,
  problems,
  unjudged,
  onProblems,
  onFind,
  ...asks
}: Tools &
  RowAsks & {
    /** Rows to be mended. */
    problems: number;
    /** Rows that the checks have not answered for. */
    unjudged: number;
    onProblems: () => void;
    onFind: () => void;
  }) {
  const { t } = words;
  const { store, lens } = grid;
  const { history } = useSyncExternalStore(store.subscribe, store.state, store.state);
  return (
    <div className={styles.tools} role="group" aria-label={t("tools.label")}>
      <Button
        size="small"
        variant="quiet"
        aria-label={t("tools.undo")}
        title={t("tools.undo")}
        disabled={history.done.length === 0}
        icon={<Undo2 size={16} aria-hidden />}
        onClick={then(grid, () => takeBack(grid, "undo"))}
      />
      <Button
        size="small"
        variant="quiet"
        aria-label={t("tools.redo")}
        title={t("tools.redo")}
        disabled={history.undone.length === 0}
        icon={<Redo2 size={16} aria-hidden />}
        onClick={then(grid, () => takeBack(grid, "redo"))}
      />
      <RowsMenu grid={grid} words={words} {...asks} />
      <FillMenu grid={grid} words={words} />
      <ColumnsMenu grid={grid} words={words} />
      <Button size="small" variant="quiet" icon={<Search size={16} aria-hidden />} onClick={onFind}>
        {t("tools.find")}
      </Button>
      <span className={styles.keysMenu}>
        <KeysMenu words={words} />
      </span>
      {unjudged >= TOLD_FROM && (
        <span className="quiet" role="status" data-unjudged="">
          {t("tools.unjudged", { count: unjudged })}
        </span>
      )}
      {(problems > 0 || lens !== null) && (
        <Button
          size="small"
          aria-pressed={lens?.problemsOnly ?? false}
          onClick={then(grid, () => (lens ? grid.look(null) : onProblems()))}
        >
          {lens ? t("tools.allRows") : t("tools.problems", { count: problems })}
        </Button>
      )}
    </div>
  );
}
