import type { RowView } from "./grid-store";

/**
 * How a row stands, the worst first. `unread`: something cannot be read; `failed`: the server did not take it;
 * `asking`: something has to be explained before it is submitted; `barred`: it cannot be submitted as it is.
 */
export type RowState = "unread" | "failed" | "barred" | "asking" | "waiting" | "kept" | "blank";

export const ROW_STATES = ["unread", "failed", "barred", "asking", "waiting", "kept", "blank"] as const satisfies readonly RowState[]; // prettier-ignore

export type Judged = { hard: number; unanswered: number };

export function stateOf({ reading, held, said }: RowView, judged: Judged | null): RowState {
  if (reading === null) return "waiting";
  if (reading.blank && held === null) return "blank";
  if (Object.values(reading.cells).some((cell) => cell?.problem)) return "unread";
  if (said !== null) return "failed";
  if (judged && judged.hard > 0) return "barred";
  if (judged && judged.unanswered > 0) return "asking";
  return held !== null && !held.changed ? "kept" : "waiting";
}

export const isProblem = (state: RowState): boolean =>
  state === "unread" || state === "failed" || state === "barred" || state === "asking";
