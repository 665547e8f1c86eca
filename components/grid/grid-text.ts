import { newCopyId } from "@/lib/browser/kept-copy";
import type { GridContent, History, Place, Texts } from "@/lib/features/grid/types";
import { act, EMPTY_HISTORY, keptHistory, setting, withText } from "@/lib/features/grid/workflow";
import { isEmptyCell } from "@/lib/features/rows/labels";
import { readTabText, writeTabText } from "@/lib/kernel/tab-text";

/**
 * The draft that holds a row. `changed`: the row says something else by now; `left`: the row is gone, and the person
 * has said that its draft stays.
 */
export type HeldBy = {
  id: string;
  version: number;
  reference: string;
  changed: boolean;
  left?: boolean;
};

/** What is being typed into one cell and is not in it yet. */
export type OpenCell = Place & { text: string };

export type GridState = {
  content: GridContent;
  history: History;
  /** By row; of rows that were taken out too, so that one that comes back knows its draft. */
  held: Readonly<Record<string, HeldBy>>;
  open: OpenCell | null;
  /** The programmes this table is for; one alone stands for every row that names none. */
  programmes: readonly string[];
  /** Rows on their way to the server, under the key they were sent with. */
  sent: { key: string; rows: readonly string[]; body: string } | null;
  /** The same of a change of the draft of one row. */
  changing: { key: string; row: string; body: string } | null;
};

/** As a working copy holds it: text, a row a line, so that a large table is a few thousand values. */
export type GridText = {
  columns: string[];
  rows: [id: string, texts: string][];
  held: Record<string, HeldBy>;
  open: OpenCell | null;
  programmes: readonly string[];
  history: string;
  sent: GridState["sent"];
  changing?: GridState["changing"];
};

/** Steps beyond this are taken back in this window only. */
const HISTORY_ROOM = 300_000;
const FIRST_ROWS = 20;
const NO_TEXTS: Texts = {};

export const freshRows = (count: number): { id: string; texts: Texts }[] =>
  Array.from({ length: count }, () => ({ id: newCopyId().slice(0, 13), texts: {} }));

/** The same on the server and in the browser, where the page is drawn a second time. */
const firstRows = () =>
  Array.from({ length: FIRST_ROWS }, (_, at) => ({ id: `first-${at + 1}`, texts: {} }));

export function emptyState(): GridState {
  const rows = firstRows();
  return {
    content: {
      order: rows.map(({ id }) => id),
      texts: Object.fromEntries(rows.map(({ id, texts }) => [id, texts])),
    },
    history: EMPTY_HISTORY,
    held: {},
    open: null,
    programmes: [],
    sent: null,
    changing: null,
  };
}

const lines = new WeakMap<Texts, string>();

/** A row is written once, and again when it says something else. */
function lineOf(texts: Texts, columns: readonly string[]): string {
  const line = lines.get(texts) ?? writeTabText([columns.map((column) => texts[column] ?? "")]);
  lines.set(texts, line);
  return line;
}

export function toText(state: GridState, columns: readonly string[]): GridText {
  const { content } = state;
  return {
    columns: [...columns],
    rows: content.order.map((id) => [id, lineOf(content.texts[id] ?? NO_TEXTS, columns)]),
    held: state.held,
    open: state.open,
    programmes: state.programmes,
    history: JSON.stringify(keptHistory(state.history, HISTORY_ROOM)),
    sent: state.sent,
    changing: state.changing,
  };
}

function textsOf(columns: readonly string[], line: string): Texts {
  const cells = readTabText(line)[0] ?? [];
  return columns.reduce<Texts>((texts, column, at) => withText(texts, column, cells[at] ?? ""), {});
}

/** What stood in a cell that was open when the window was lost stands in it now, as a step like any other. */
function closed(state: GridState, open: OpenCell | null): GridState {
  const { content, history } = state;
  const ops = open && content.texts[open.row] ? setting(content, [open]) : [];
  if (open === null || ops.length === 0) return state;
  const at = { row: open.row, column: open.column };
  const range = { anchor: at, focus: at };
  const held = state.held[open.row];
  return {
    ...state,
    ...act(content, history, { kind: "type", ops, before: range, after: range }),
    held: held ? { ...state.held, [open.row]: { ...held, changed: true } } : state.held,
  };
}

export function fromText(text: Partial<GridText>): GridState {
  const { columns = [], rows = [] } = text;
  if (rows.length === 0) return emptyState();
  const state: GridState = {
    content: {
      order: rows.map(([id]) => id),
      texts: Object.fromEntries(rows.map(([id, line]) => [id, textsOf(columns, line)])),
    },
    history: text.history ? (JSON.parse(text.history) as History) : EMPTY_HISTORY,
    held: text.held ?? {},
    open: null,
    programmes: text.programmes ?? [],
    sent: text.sent ?? null,
    changing: text.changing ?? null,
  };
  return closed(state, text.open ?? null);
}

/** Drafts whose row is no longer there, or says nothing: what becomes of them the person has yet to say. */
export function strayDrafts({ content, held }: GridState): (HeldBy & { row: string })[] {
  return Object.entries(held).flatMap(([row, draft]) => {
    const texts = Object.values(content.texts[row] ?? NO_TEXTS);
    const standing = texts.some((text) => !isEmptyCell(text));
    return standing || draft.left ? [] : [{ ...draft, row }];
  });
}
