import { openFindings } from "@/lib/features/findings/present";
import type { RowView } from "./grid-store";

/**
 * How a row stands, the worst first. `unread`: something cannot be read; `failed`: the server did not take it;
 * `asking`: something has to be explained before it is submitted; `barred`: it cannot be submitted as it is;
 * `unjudged`: it can be read, and the checks have not answered yet; `waiting`: they have, and it is no draft yet.
 */
export type RowState =
  "unread" | "failed" | "barred" | "asking" | "unjudged" | "waiting" | "kept" | "blank";

export function stateOf({ reading, held, said, findings }: RowView): RowState {
  if (reading === null) return "unjudged";
  if (reading.blank && held === null) return "blank";
  if (Object.values(reading.cells).some((cell) => cell?.problem)) return "unread";
  if (said !== null) return "failed";
  const { hard, unanswered } = openFindings(findings ?? []);
  if (hard.length > 0) return "barred";
  if (unanswered.length > 0) return "asking";
  if (held !== null) return held.changed ? "waiting" : "kept";
  return isUnjudged({ reading, held, findings }) ? "unjudged" : "waiting";
}

/** A row that the checks have yet to be asked about: beside its own draft it would be a double. */
export const isUnjudged = ({
  reading,
  held,
  findings,
}: Pick<RowView, "reading" | "held" | "findings">) =>
  held === null && findings === null && reading?.fields != null;

const isProblem = (state: RowState): boolean =>
  state === "unread" || state === "failed" || state === "barred" || state === "asking";

type Rows = ReadonlyMap<string, RowView>;

export const problemRows = (rows: Rows): ReadonlySet<string> =>
  new Set([...rows].flatMap(([id, row]) => (isProblem(stateOf(row)) ? [id] : [])));

/** How many. */
export const unjudgedRows = (rows: Rows): number => [...rows.values()].filter(isUnjudged).length;
