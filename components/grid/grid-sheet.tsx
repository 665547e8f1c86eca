"use client";

import dynamic from "next/dynamic";
import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { KeptNotices } from "@/components/working-copies/kept-notices";
import { Callout } from "@/components/ui/callout";
import { later } from "@/components/ui/later";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { KeptCopy } from "@/lib/browser/kept-copy";
import type { EntryView } from "@/lib/features/disbursements/types";
import type { RowColumn } from "@/lib/features/rows/types";
import { listText } from "@/lib/kernel/written";
import { CellLine } from "./cell-line";
import { FindBar } from "./find-bar";
import { spreadOverMonths } from "./grid-copies";
import { isColumn } from "./grid-columns";
import { GridActions } from "./grid-actions";
import type { GridStore } from "./grid-store";
import { strayDrafts } from "./grid-text";
import { GridTable } from "./grid-table";
import { GridTools } from "./grid-tools";
import { ProgrammesMenu } from "./programmes-menu";
import { problemRows, unjudgedRows } from "./row-state";
import { problemLens, sortedLens } from "./lens";
import { compareSortValues } from "@/components/table/columns";
import { sortKeyOf } from "./sort-keys";
import { totalsOf } from "./totals";
import { useGrid, type Grid } from "./use-grid";
import { useGridActions } from "./use-grid-actions";
import { useGridChecks } from "./use-grid-checks";
import { useGridClipboard, type PasteAsk, type Pasted } from "./use-grid-clipboard";
import { useGridCopy } from "./use-grid-copy";
import { useGridReading } from "./use-grid-reading";
import { useVerbKeys } from "./use-grid-keys";
import { useGridView } from "./use-grid-view";
import type { GridWords } from "./grid-words";
import { useGridWords } from "./use-grid-words";
import { filledColumns, keptStatus, tableTitle } from "./grid-standing";
import styles from "./grid.module.css";

/** What it copies comes from the server, and so may the dialog. */
const CopyDialog = dynamic(() => import("./copy-dialog").then((m) => m.CopyDialog));

/** What nobody sees before they have pasted, or taken a draft out of the table. */
const PasteDialogs = later(() => import("./paste-dialogs").then((m) => m.PasteDialogs));
const PasteNotice = later(() => import("./paste-notice").then((m) => m.PasteNotice));
const StrayDrafts = later(() => import("./stray-drafts").then((m) => m.StrayDrafts));

export type SheetProps = {
  view: EntryView;
  home: string;
  copy: KeptCopy | null;
  live: boolean;
  onAddress: (address: string) => void;
};

/** Up, then down, then as it was typed. */
function sortBy(grid: Grid, store: GridStore, column: RowColumn) {
  const now = grid.lens?.sort;
  grid.commit();
  if (now?.column === column && now.descending) return grid.look(null);
  const keyOf = (id: string) => sortKeyOf(store.readingOf(id), store.row(id).texts, column);
  const descending = now?.column === column;
  grid.look(
    sortedLens(store.order(), { column, descending }, { keyOf, compare: compareSortValues }),
  );
}

/** What is to be said above the table: drafts without a row, and what became of a paste. */
function Notices({
  grid,
  words,
  waits,
  pasted,
  voiding,
  onVoid,
  onRead,
}: {
  grid: Grid;
  words: GridWords;
  waits: "reading" | "failed" | null;
  pasted: Pasted | null;
  voiding: boolean;
  onVoid: (voiding: boolean) => void;
  onRead: () => void;
}) {
  return (
    <>
      {strayDrafts(grid.store.state()).length > 0 && (
        <StrayDrafts {...{ grid, words }} asking={voiding} onAsk={onVoid} />
      )}
      {waits && (
        <Callout live tone={waits === "failed" ? "danger" : "info"}>
          {words.t(`paste.${waits}`)}
        </Callout>
      )}
      {pasted && <PasteNotice {...{ pasted, grid, words }} onClose={onRead} />}
    </>
  );
}

export function GridSheet({ view, home, copy, live, onAddress }: SheetProps) {
  const words = useGridWords(view.reference);
  const { t } = words;
  const lineId = useId();
  const reading = useGridReading(view, home);
  const { store, keeper, kept } = useGridCopy({
    ...{ userId: view.userId, copy, live, onAddress },
    read: reading.read([]),
    titleOf: (state) => tableTitle(state, t),
  });
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const rows = useSyncExternalStore(store.subscribe, store.rows, store.rows);
  const { programmes } = state;
  const several = view.organisations.length > 1;
  const first = useMemo(() => reading.firstColumns(programmes, several), [reading, programmes, several]); // prettier-ignore
  const filled = useMemo(() => filledColumns(state.content), [state.content]);
  const shownAs = useGridView(programmes, first, filled);
  const grid = useGrid(store, shownAs);
  const [ask, setAsk] = useState<PasteAsk | null>(null);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const [waits, setWaits] = useState<"reading" | "failed" | null>(null);
  const [finding, setFinding] = useState<"find" | "replace" | null>(null);
  const [[copying, setCopying], [voiding, setVoiding]] = [useState(false), useState(false)];
  const focusedRef = useRef(false);
  const paste = useGridClipboard(grid, {
    asks: setAsk,
    pasted: setPasted,
    nothing: () => grid.announce(t("paste.nothing")),
    waits: setWaits,
  });
  const totals = totalsOf([...rows.values()].map((row) => row.reading), shownAs.columns); // prettier-ignore
  const problems = problemRows(rows);

  useEffect(() => {
    store.readAnew(reading.read(programmes));
  }, [store, reading, programmes]);

  useGridChecks(store, words);
  const deeds = useGridActions(grid, keeper, words, paste.arriving);
  useVerbKeys(deeds);
  const then = (close: () => void) => () => [close(), grid.focus()];

  function removed({ rows, drafts }: { rows: number; drafts: number }) {
    grid.announce(drafts > 0 ? t("removedDrafts", { rows, drafts }) : t("removed", { rows }));
    setVoiding(drafts > 0);
  }

  const passed = (columns: readonly string[]) =>
    grid.announce(t("passed", { columns: listText(columns.filter(isColumn).map(words.name), words.locale) })); // prettier-ignore

  return (
    <div className="stack">
      <KeptNotices kept={kept} kind="grid" subject={null} />
      <Notices
        {...{ grid, words, waits, pasted, voiding }}
        onVoid={setVoiding}
        onRead={then(() => setPasted(null))}
      />
      <section className={styles.sheet} aria-label={t("title")}>
        <div className={styles.bar}>
          <ProgrammesMenu
            reference={view.reference}
            chosen={programmes}
            words={words}
            onChoose={(chosen) => store.chooseProgrammes(chosen)}
          />
          <GridTools
            grid={grid}
            words={words}
            problems={problems.size}
            unjudged={unjudgedRows(rows)}
            onProblems={() => grid.look(problemLens(store.order(), (id) => problems.has(id)))}
            onFind={() => setFinding("replace")}
            onRemoved={removed}
            onCopies={() => setCopying(true)}
            onMonths={() => {
              if (!spreadOverMonths(grid, view.today)) grid.announce(t("copies.notMonths"));
            }}
          />
          <GridActions
            {...{ grid, deeds }}
            reference={view.reference}
            words={words}
            status={keptStatus(kept, keeper.begun)}
          />
        </div>
        {finding && (
          <FindBar
            grid={grid}
            words={words}
            replace={finding === "replace"}
            onClose={then(() => setFinding(null))}
          />
        )}
        <CellLine grid={grid} words={words} id={lineId} />
        <GridTable
          grid={grid}
          words={words}
          totals={totals}
          choicesOf={reading.choicesOf}
          paste={paste}
          keys={{ ...deeds, removed, passed, find: (by) => setFinding(by ? "replace" : "find") }}
          onSort={(column) => sortBy(grid, store, column)}
          lineId={lineId}
          focusedRef={focusedRef}
        />
      </section>
      <VisuallyHidden>
        <span role="status">{grid.announced}</span>
      </VisuallyHidden>
      {copying && (
        <CopyDialog
          {...{ grid, words }}
          reference={view.reference}
          organisation={home}
          today={view.today}
          onClose={then(() => setCopying(false))}
        />
      )}
      {ask && <PasteDialogs ask={ask} paste={paste} words={words} onDone={() => setAsk(null)} />}
    </div>
  );
}
