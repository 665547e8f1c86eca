import type { CheckedSet, DisbursementFields } from "@/lib/features/disbursements/schema";
import type { Texts } from "@/lib/features/grid/types";
import type { GridStore } from "./grid-store";
import type { GridWords } from "./grid-words";
import { isUnjudged } from "./row-state";

/** Judged in one answer. */
const SET = 200;
/** So many rows that were judged before are asked about again beside one that may be the same. */
const BESIDE = 40;

type Asked = { texts: Texts; fields: DisbursementFields };

const kindOf = ({ organisation, programme, amountFen }: DisbursementFields) =>
  JSON.stringify([organisation, programme, amountFen ?? null]);

/**
 * The next rows to be judged, those in the window before all others; beside them the rows they may be over again,
 * because only in one set are two found to be alike.
 */
export function nextToJudge(store: GridStore): Asked[] {
  const asked = (ids: readonly string[], wanted: boolean): Asked[] =>
    ids.flatMap((id) => {
      const row = store.row(id);
      const fields = row.reading?.fields;
      if (!fields || row.held !== null || isUnjudged(row) !== wanted) return [];
      return [{ texts: row.texts, fields }];
    });
  const seen = asked(store.seen(), true);
  const fresh = (seen.length > 0 ? seen : asked(store.order(), true)).slice(0, SET);
  if (fresh.length === 0) return [];
  const kinds = new Set(fresh.map(({ fields }) => kindOf(fields)));
  const beside = asked(store.order(), false).filter(({ fields }) => kinds.has(kindOf(fields)));
  return [...fresh, ...beside.slice(0, Math.min(BESIDE, SET - fresh.length))];
}

/** What was answered, kept with the texts it was answered of. */
export function judged(
  store: GridStore,
  asked: readonly Asked[],
  { items }: CheckedSet,
  words: Pick<GridWords, "refusal">,
): void {
  store.judge(
    asked.map(({ texts }, at) => {
      const { findings, alike, ...refused } = items[at] ?? NOTHING_SAID;
      return [
        texts,
        {
          findings,
          refused: refused.code === null ? null : words.refusal(refused),
          alike: alike.flatMap((other) => {
            const row = asked[other];
            return row ? [row.texts] : [];
          }),
        },
      ] as const;
    }),
  );
}

const NOTHING_SAID: CheckedSet["items"][number] = {
  code: null,
  problems: [],
  findings: [],
  alike: [],
};
