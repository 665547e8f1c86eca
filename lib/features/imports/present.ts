import type { PageReference, Reference } from "@/lib/features/reference/types";
import { foldName } from "@/lib/features/rows/labels";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { visibleText } from "@/lib/kernel/typed-text";
import { listOf } from "./rules";
import { MOST_VALUES, VALUE_LISTS, type ValueList, type ValueMaps } from "./types";

/** The codes in use that a word of somebody's table may be mapped to. */
export function codesOf(reference: Reference | PageReference): Record<ValueList, string[]> {
  const inUse = (list: readonly { code: string; active?: boolean }[]) =>
    list.filter(({ active }) => active !== false).map(({ code }) => code);
  return {
    organisation: inUse(reference.organisations),
    programme: inUse(reference.programmes),
    campaign: inUse(reference.campaigns),
    aidCategory: inUse(reference.aidCategories),
    recipientKind: inUse(reference.recipientKinds),
    form: [...AID_FORMS],
    fundSource: inUse(reference.fundSources),
  };
}

type SaidValue = { list: ValueList; text: string; rows: number | null; code: string | null };

/** What was mapped, and the words that are still to be, those of the sources together. */
export function valuesOf(
  maps: ValueMaps,
  unmatched: readonly { column: string; text: string; rows: number }[],
): SaidValue[] {
  return VALUE_LISTS.flatMap((list) => {
    const map = Object.entries(maps[list] ?? {});
    const words = new Map<string, SaidValue>();
    for (const { column, text, rows } of unmatched) {
      // a code that is gone stands where the word did
      if (listOf(column) !== list || map.some(([, code]) => code === text)) continue;
      const word = foldName(text);
      const one = words.get(word) ?? { list, text: visibleText(text), rows: 0, code: null };
      words.set(word, { ...one, rows: (one.rows ?? 0) + rows });
    }
    const mapped = map.map(([text, code]): SaidValue => ({ list, text, rows: null, code }));
    return [...mapped, ...words.values()].slice(0, MOST_VALUES);
  });
}
