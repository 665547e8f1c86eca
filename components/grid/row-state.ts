import { openFindings } from "@/lib/features/findings/present";
import type { RowView } from "./grid-store";

/**
 * How a row stands, the worst first. `unread`: something cannot be read; `failed`: the server did not take it;
 * `asking`: something has to be explained before it is submitted; `barred`: it cannot be submitted as it is.
 */
export type RowState = "unread" | "failed" | "barred" | "asking" | "waiting" | "kept" | "blank";

export function stateOf({ reading, held, said, findings }: RowView): RowState {
  if (reading === null) return "waiting";
  if (reading.blank && held === null) return "blank";
  if (Object.values(reading.cells).some((cell) => cell?.problem)) return "unread";
  if (said !== null) return "failed";
  const { hard, unanswered } = openFindings(findings ?? []);
  if (hard.length > 0) return "barred";
  if (unanswered.length > 0) return "asking";
  return held !== null && !held.changed ? "kept" : "waiting";
}

export const isProblem = (state: RowState): boolean =>
  state === "unread" || state === "failed" || state === "barred" || state === "asking";
