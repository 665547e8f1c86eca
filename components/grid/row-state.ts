import { openFindings } from "@/lib/features/findings/present";
import type { RowView } from "./grid-store";

/**
 * How a row stands, the worst first. `unread`: something cannot be read; `failed`: the server did not take it; `refused`:
 * it would not; `barred`: it cannot be submitted as it is; `asking`: something has to be explained before it is
 * submitted; `alike`: another row may be the same over again, which is asked about then, too;
 * `unjudged`: it can be read, and the checks have not answered yet; `waiting`: they have, and it is no draft yet.
 */
export type RowState =
  | "unread"
  | "failed"
  | "refused"
  | "barred"
  | "asking"
  | "alike"
  | "unjudged"
  | "waiting"
  | "kept"
  | "blank";

export function stateOf({ reading, held, said, findings, refused, alike }: RowView): RowState {
  if (reading === null) return "unjudged";
  if (reading.blank && held === null) return "blank";
  if (Object.values(reading.cells).some((cell) => cell?.problem)) return "unread";
  if (said !== null) return "failed";
  if (refused !== null && held === null) return "refused";
  const { hard, unanswered } = openFindings(findings ?? []);
  if (hard.length > 0) return "barred";
  if (unanswered.length > 0) return "asking";
  if (alike.length > 0) return "alike";
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

const PROBLEMS: ReadonlySet<RowState> = new Set([
  "unread",
  "failed",
  "refused",
  "barred",
  "asking",
  "alike",
]);

type Rows = ReadonlyMap<string, RowView>;

export const problemRows = (rows: Rows): ReadonlySet<string> =>
  new Set([...rows].flatMap(([id, row]) => (PROBLEMS.has(stateOf(row)) ? [id] : [])));

/** How many. */
export const unjudgedRows = (rows: Rows): number => [...rows.values()].filter(isUnjudged).length;
