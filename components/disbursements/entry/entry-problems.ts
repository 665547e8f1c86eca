import { fieldId } from "./entry-context";
import type { EntryReading } from "@/lib/features/entry/types";
import type { EntryState } from "./entry-state";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** Said only after an attempt: an empty field is not a mistake while the form is being filled. */
const AFTER_ATTEMPT = ["choose", "required", "rateIncomplete"];

/** What stands under the fields now, by path. Nobody is corrected in the middle of a word. */
export function entryProblems(
  state: Pick<EntryState, "refusals" | "focused" | "serverErrors">,
  reading: Pick<EntryReading, "problems">,
  say: Say,
): Record<string, string> {
  const attempted = state.refusals > 0;
  const server = Object.entries(state.serverErrors).map(([path, said]) => [path, said.join(" ")]);
  const local = Object.entries(reading.problems).flatMap(([path, [problem]]) => {
    if (!problem) return [];
    const early = AFTER_ATTEMPT.includes(problem.key) || state.focused === fieldId(path);
    return early && !attempted ? [] : [[path, say(problem.key, problem.values)]];
  });
  return Object.fromEntries([...server, ...local]) as Record<string, string>;
}
