import { place, placing, type Plan, type Target, type Vocabulary } from "@/lib/features/grid/rules";
import type { GridContent, Op, Shown } from "@/lib/features/grid/types";
import { textOf } from "@/lib/features/grid/workflow";
import { matchHeader } from "@/lib/features/rows/labels";
import type { Block } from "@/lib/kernel/pasted-block";
import { isColumn, kindOf } from "./grid-columns";

export { readClipboard } from "@/lib/browser/clipboard";

/** What a block that is pasted is read and placed by: it comes with the first key, before anybody pastes. */

const vocabulary: Vocabulary = {
  head: (cells) => {
    const { columns, units } = matchHeader(cells);
    return { columns, units: columns.map((column) => (column && units[column]) ?? null) };
  },
  fillsDown: (column) => isColumn(column) && kindOf(column) === "choice",
};

export const planOf = (
  block: Block,
  target: Target,
  content: GridContent,
  said: readonly (string | null)[] | null,
): Plan => place(block, target, content, vocabulary, said);

/** What was written after a paste, while that was still being read, stays: it came later. */
export const opsOf = (
  plan: Plan,
  content: GridContent,
  { shown, fresh, since }: { shown: Shown; fresh: readonly string[]; since: GridContent | null },
): Op[] =>
  placing(plan, content, shown, fresh).filter(
    (op) => since === null || op.kind !== "set" || textOf(since, op.row, op.column) === op.old,
  );
