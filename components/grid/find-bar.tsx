"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useId, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/form/text-input";
import { isComposing } from "@/lib/browser/composing";
import { placesOf, replacing } from "@/lib/features/grid/present";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";
import styles from "./grid.module.css";

/** Through the rows and columns that are shown; replacing all is one step. */
export function FindBar({
  grid,
  words,
  replace,
  onClose,
}: {
  grid: Grid;
  words: GridWords;
  replace: boolean;
  onClose: () => void;
}) {
  const { t } = words;
  const { store, shown } = grid;
  const id = useId();
  const [wanted, setWanted] = useState("");
  const [by, setBy] = useState("");
  const [at, setAt] = useState(-1);
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const places = placesOf(state.content, shown, wanted);

  function go(step: 1 | -1) {
    if (places.length === 0) return;
    const next = (at + step + places.length) % places.length;
    setAt(next);
    const place = places[next];
    if (place) grid.select({ row: shown.rows.indexOf(place.row), column: shown.columns.indexOf(place.column) }); // prettier-ignore
  }

  function replaceIn(some: typeof places) {
    const writes = replacing(state.content, some, { words: wanted.trim(), by });
    store.write("replace", writes, grid.range);
    grid.announce(t("replaced", { count: some.length }));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const current = places[at];
  return (
    <div className={styles.find} role="search" onKeyDown={onKeyDown}>
      <TextInput
        id={id}
        autoFocus
        aria-label={t("find.words")}
        placeholder={t("find.words")}
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(-1);
        }}
      />
      <span className="quiet" role="status">
        {wanted === "" ? "" : t("find.found", { count: places.length, at: at + 1 })}
      </span>
      <Button
        size="small"
        aria-label={t("find.previous")}
        icon={<ArrowUp aria-hidden />}
        onClick={() => go(-1)}
      />
      <Button
        size="small"
        aria-label={t("find.next")}
        icon={<ArrowDown aria-hidden />}
        onClick={() => go(1)}
      />
      {replace && (
        <>
          <TextInput
            aria-label={t("find.by")}
            placeholder={t("find.by")}
            value={by}
            onChange={(event) => setBy(event.target.value)}
          />
          <Button size="small" disabled={!current} onClick={() => current && replaceIn([current])}>
            {t("find.one")}
          </Button>
          <Button size="small" disabled={places.length === 0} onClick={() => replaceIn(places)}>
            {t("find.all", { count: places.length })}
          </Button>
        </>
      )}
      <Button
        size="small"
        variant="quiet"
        aria-label={t("find.close")}
        icon={<X aria-hidden />}
        onClick={onClose}
      />
    </div>
  );
}
