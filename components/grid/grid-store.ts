import type { Finding } from "@/lib/features/findings/types";
import type { GridContent, History, Op, Range, Step, Texts } from "@/lib/features/grid/types";
import { act, redo, setting, undo, withoutRows, type Write } from "@/lib/features/grid/workflow";
import type { RowReading } from "@/lib/features/rows/types";
import { freshRows, type GridState, type HeldBy, type OpenCell } from "./grid-text";

/** What the server said of a row the last time, in sentences; gone as soon as the row is changed. */
export type RowSaid = { cells: Record<string, string>; row: string | null };

/** By column, what the row said that it was copied from. */
export type Differences = Readonly<Record<string, string>>;

export type RowView = {
  texts: Texts;
  reading: RowReading | null;
  held: HeldBy | null;
  said: RowSaid | null;
  /** What the checks found in these very texts; null before they were asked. */
  findings: readonly Finding[] | null;
  /** Why these very texts would not be saved, as the checks answered before anybody saved them. */
  refused: RowSaid | null;
  /** Other rows, none of them a draft, that may be this one over again. */
  alike: readonly string[];
  /** What stood there in the record that the row was copied from, by column; only where it says something else. */
  copied: Differences | null;
};

/** What was answered of texts: what is left out was not asked about. */
export type Judged = {
  findings: readonly Finding[];
  refused?: RowSaid | null;
  alike?: readonly Texts[];
};

type Kept = Pick<Step, "kind" | "before" | "after"> & { ops: readonly Op[] };

/** Longer than this without letting go, and a key would be felt to lag. */
const SLICE_MS = 8;
/** So many rows are read at once; more are read in slices. */
const READ_AT_ONCE = 30;

/** The table outside of React: texts, steps and readings, of which each row on the screen takes its own. */
export class GridStore {
  readonly #listeners = new Set<() => void>();
  readonly #onChange: (state: GridState) => void;
  readonly #views = new Map<string, RowView>();
  #read: (texts: Texts) => RowReading;
  #readings = new WeakMap<Texts, RowReading>();
  #said: Readonly<Record<string, RowSaid>> = {};
  #judged = new WeakMap<Texts, Judged>();
  readonly #copied = new WeakMap<Texts, Differences>();
  #state: GridState;
  #reading: ReturnType<typeof setTimeout> | undefined;
  /** Every row as it stands, made when somebody asks. */
  #all: ReadonlyMap<string, RowView> | null = null;
  #seen: readonly string[] = [];
  /** Which row says what, made when somebody asks. */
  #places: { content: GridContent | null; of: Map<Texts | undefined, string> } = {
    content: null,
    of: new Map(),
  };

  constructor(
    state: GridState,
    read: (texts: Texts) => RowReading,
    onChange: (state: GridState) => void,
  ) {
    this.#state = state;
    this.#read = read;
    this.#onChange = onChange;
    this.#readSoon();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): GridState => this.#state;
  readonly order = (): readonly string[] => this.#state.content.order;

  /** The same object as long as nothing of the row has changed. */
  readonly row = (id: string): RowView => {
    const texts = this.#state.content.texts[id] ?? NO_TEXTS;
    const judged = this.#judged.get(texts);
    const known = this.#views.get(id);
    const alike = this.#alikeTo(id, judged?.alike);
    const view: RowView = {
      texts,
      reading: this.#readings.get(texts) ?? null,
      held: this.#state.held[id] ?? null,
      said: this.#said[id] ?? null,
      findings: judged?.findings ?? null,
      refused: judged?.refused ?? null,
      alike: known && alike.join() === known.alike.join() ? known.alike : alike,
      copied: this.#copied.get(texts) ?? null,
    };
    if (known && KEYS.every((key) => known[key] === view[key])) return known;
    this.#views.set(id, view);
    return view;
  };

  /** All rows in the order in which they were entered; the same object until something changes. */
  readonly rows = (): ReadonlyMap<string, RowView> => {
    this.#all ??= new Map(this.order().map((id) => [id, this.row(id)]));
    return this.#all;
  };

  /** Read now, if it was not read before. */
  readonly readingOf = (id: string): RowReading => {
    const texts = this.#state.content.texts[id] ?? NO_TEXTS;
    const reading = this.#readings.get(texts) ?? this.#read(texts);
    this.#readings.set(texts, reading);
    return reading;
  };

  /** Another programme, another year opened: everything is read anew. */
  readAnew(read: (texts: Texts) => RowReading): void {
    this.#read = read;
    this.#readings = new WeakMap();
    this.#judged = new WeakMap();
    this.#readSoon();
    this.#tell();
  }

  /** One act of the person: one step, one picture. Without a change it is none. */
  act({ kind, ops, before, after }: Kept): boolean {
    if (ops.length === 0) return false;
    const { content, history } = this.#state;
    const done = act(content, history, { kind, ops, before, after });
    this.#took(done, ops);
    return true;
  }

  write(
    kind: Step["kind"],
    writes: readonly Write[],
    before: Range | null,
    after = before,
  ): boolean {
    return this.act({ kind, ops: setting(this.#state.content, writes), before, after });
  }

  /** Answers with what is selected afterwards; null where there is nothing to take back. */
  undo(): { range: Range | null } | null {
    const done = undo(this.#state.content, this.#state.history);
    if (done.step === null) return null;
    this.#took(done, done.step.ops);
    return { range: done.step.before };
  }

  redo(): { range: Range | null } | null {
    const done = redo(this.#state.content, this.#state.history);
    if (done.step === null) return null;
    this.#took(done, done.step.ops);
    return { range: done.step.after };
  }

  /** Kept with every key, though it is no step yet. */
  type(open: OpenCell | null): void {
    this.#change({ open });
  }

  chooseProgrammes(programmes: readonly string[]): void {
    this.#change({ programmes });
  }

  /** On its way, or answered. */
  sending(sent: GridState["sent"]): void {
    this.#change({ sent });
  }

  /** The same of a change of one draft. */
  changing(changing: GridState["changing"]): void {
    this.#change({ changing });
  }

  hold(held: Readonly<Record<string, HeldBy>>): void {
    this.#change({ held: { ...this.#state.held, ...held } });
  }

  /** What was found in texts; of a row that says something else by now it is not told. */
  judge(found: readonly (readonly [Texts, Judged])[]): void {
    for (const [texts, judged] of found) this.#judged.set(texts, judged);
    this.#tell();
  }

  /** The rows in the window: what is asked about rows is asked about these first. */
  see(rows: readonly string[]): void {
    this.#seen = rows;
  }
  readonly seen = (): readonly string[] => this.#seen;

  /** Rows that were copied, as long as they say what was copied. */
  mark(copied: readonly (readonly [Texts, Differences])[]): void {
    for (const [texts, differences] of copied) this.#copied.set(texts, differences);
    this.#tell();
  }

  readonly said = (): Readonly<Record<string, RowSaid>> => this.#said;

  say(said: Readonly<Record<string, RowSaid>>): void {
    this.#said = said;
    this.#tell();
  }

  /** Rows that are done go, and no step brings them back; those that stay keep theirs. */
  finish(ids: ReadonlySet<string>): void {
    const { content, history } = withoutRows(this.#state, ids);
    const spare = content.order.length === 0 ? freshRows(READ_AT_ONCE) : [];
    this.#change({
      content: {
        order: [...content.order, ...spare.map(({ id }) => id)],
        texts: {
          ...content.texts,
          ...Object.fromEntries(spare.map(({ id, texts }) => [id, texts])),
        },
      },
      history,
    });
    this.letGo(ids);
  }

  /** Rows that no draft holds any more. */
  letGo(ids: ReadonlySet<string>): void {
    const held = Object.entries(this.#state.held).filter(([id]) => !ids.has(id));
    this.#change({ held: Object.fromEntries(held) });
  }

  /** Rows that are gone, and whose drafts stay. */
  leave(ids: ReadonlySet<string>): void {
    const { held } = this.#state;
    const left = [...ids].flatMap((id) => (held[id] ? [[id, { ...held[id], left: true }]] : []));
    this.hold(Object.fromEntries(left) as GridState["held"]);
  }

  dispose(): void {
    clearTimeout(this.#reading);
  }

  /** Of rows that still say what they said when they were compared. */
  #alikeTo(id: string, texts: readonly Texts[] = NO_ROWS): readonly string[] {
    const { content, held } = this.#state;
    if (texts.length === 0 || held[id]) return NO_ROWS;
    if (this.#places.content !== content)
      this.#places = {
        content,
        of: new Map(content.order.map((row) => [content.texts[row], row])),
      };
    return texts.flatMap((other) => {
      const row = this.#places.of.get(other);
      return row === undefined || held[row] ? [] : [row];
    });
  }

  #took(
    { content, history }: { content: GridState["content"]; history: History },
    ops: readonly Op[],
  ) {
    const touched = new Set(ops.flatMap((op) => (op.kind === "set" ? [op.row] : [])));
    const held = { ...this.#state.held };
    for (const id of touched) {
      const row = held[id];
      if (row && !row.changed) held[id] = { ...row, changed: true };
    }
    this.#said = Object.fromEntries(Object.entries(this.#said).filter(([id]) => !touched.has(id)));
    this.#change({ content, history, held, open: null });
    this.#readSoon();
  }

  #change(change: Partial<GridState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onChange(this.#state);
    this.#tell();
  }

  #readSoon(): void {
    clearTimeout(this.#reading);
    const { order, texts } = this.#state.content;
    const left = order.filter((id) => !this.#readings.has(texts[id] ?? NO_TEXTS));
    if (left.length <= READ_AT_ONCE) {
      left.forEach(this.readingOf);
      this.#tell();
      return;
    }
    this.#readSlice(left, 0);
  }

  #readSlice(left: readonly string[], from: number): void {
    const until = performance.now() + SLICE_MS;
    let at = from;
    while (at < left.length && performance.now() < until) this.readingOf(left[at++] ?? "");
    this.#tell();
    if (at < left.length) this.#reading = setTimeout(() => this.#readSlice(left, at));
  }

  #tell(): void {
    this.#all = null;
    for (const listener of this.#listeners) listener();
  }
}

const NO_TEXTS: Texts = {};
const NO_ROWS: readonly never[] = [];
const KEYS = [
  "texts",
  "reading",
  "held",
  "said",
  "findings",
  "refused",
  "alike",
  "copied",
] as const;
