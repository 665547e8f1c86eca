import type { SaveStatus } from "@/components/form/save-state";
import type { KeeperState } from "@/components/working-copies/copy-keeper";
import type { GridContent } from "@/lib/features/grid/types";
import type { RowColumn } from "@/lib/features/rows/types";
import { isColumn } from "./grid-columns";
import type { GridState } from "./grid-text";
import type { GridWords } from "./grid-words";

/** Columns that hold a word in any row. */
export function filledColumns({ order, texts }: GridContent): RowColumn[] {
  const filled = new Set(order.flatMap((id) => Object.keys(texts[id] ?? {})));
  return [...filled].filter(isColumn);
}

const filledRows = ({ order, texts }: GridContent) =>
  order.filter((id) => Object.keys(texts[id] ?? {}).length > 0).length;

/** What a list calls this table. */
export const tableTitle = ({ content }: GridState, t: GridWords["t"]) =>
  t("copyTitle", { rows: filledRows(content) });

/** The sign above the table: what became of the typing, whatever became of the drafts. */
export function keptStatus(kept: KeeperState, begun: boolean): SaveStatus | null {
  if (begun && !kept.here && !kept.saved)
    return { state: kept.failure === null ? "serverOnly" : "nowhere" };
  if (kept.failure === "OFFLINE") return { state: "offline" };
  if (kept.failure !== null) return { state: "failed" };
  if (!begun) return null;
  return { state: kept.saved ? "kept" : "unsaved" };
}
