import { csvLine } from "@/lib/kernel/csv";
import { beijingStamp } from "@/lib/features/summary/present";
import type { Check } from "./schema";

type Words = {
  invariant: string;
  sentence: string;
  faults: string;
  checkedAt: string;
  never: string;
};

/** What the last check found, as lines of a csv file. */
export function healthLines(checks: readonly Check[], words: Words): string[] {
  const head = [words.invariant, words.sentence, words.faults, words.checkedAt];
  const rows = checks.map(({ invariant, sentence, faults, checkedAt }) => [
    invariant,
    sentence,
    faults ?? words.never,
    checkedAt === null ? words.never : beijingStamp(checkedAt),
  ]);
  return [head, ...rows].map(csvLine);
}
