import type { GridRow, Op, Texts } from "@/lib/features/grid/types";
import { removing, withText } from "@/lib/features/grid/workflow";
import { twelveMonths } from "@/lib/features/rows/present";
import type { RowTexts } from "@/lib/features/rows/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Differences } from "./grid-store";
import { freshRows } from "./grid-text";
import type { Grid } from "./use-grid";

function differences(base: Texts, texts: Texts): Differences {
  const columns = new Set([...Object.keys(base), ...Object.keys(texts)]);
  return Object.fromEntries(
    [...columns].flatMap((column) => {
      const was = base[column] ?? "";
      return was === (texts[column] ?? "") ? [] : [[column, was]];
    }),
  );
}

type Copy = { base: Texts; texts: Texts };

/** New rows below the last filled one, or in the place of a row; one step. */
function insertCopies(grid: Grid, copies: readonly Copy[], at: number, before: readonly Op[]) {
  const { store, range } = grid;
  const rows: GridRow[] = freshRows(copies.length).map(({ id }, n) => ({
    id,
    texts: copies[n]?.texts ?? {},
  }));
  const column = grid.shown.columns[0] ?? "";
  const [first, last] = [rows[0]?.id ?? "", rows.at(-1)?.id ?? ""];
  const after = {
    anchor: { row: first, column },
    focus: { row: last, column: grid.shown.columns.at(-1) ?? column },
  };
  store.act({ kind: "copy-rows", ops: [...before, { kind: "insert", at, rows }], before: range, after }); // prettier-ignore
  store.mark(rows.map(({ texts }, n) => [texts, differences(copies[n]?.base ?? {}, texts)] as const)); // prettier-ignore
  grid.restore(after);
}

export function addCopies(grid: Grid, copies: readonly Copy[]): void {
  grid.commit();
  const { order, texts } = grid.store.state().content;
  let at = order.length;
  while (at > 0 && Object.keys(texts[order[at - 1] ?? ""] ?? {}).length === 0) at -= 1;
  insertCopies(grid, copies, at, []);
}

const textsOf = (row: RowTexts): Texts =>
  Object.entries(row).reduce<Texts>(
    (texts, [column, text]) => withText(texts, column, text ?? ""),
    {},
  );

/** 十二个月: the active row, once a month. */
export function spreadOverMonths(grid: Grid, today: CivilDate): boolean {
  grid.commit();
  const { store, shown, selected } = grid;
  const id = shown.rows[selected.row] ?? "";
  const { content, held } = store.state();
  const base = content.texts[id] ?? {};
  // A draft is one record: it cannot become twelve.
  if (Object.keys(base).length === 0 || held[id]) return false;
  const at = content.order.indexOf(id);
  const copies = twelveMonths(base, today).map((texts) => ({ base, texts: textsOf(texts) }));
  insertCopies(grid, copies, at, removing(content, new Set([id])));
  return true;
}
