export type ComboboxOption = {
  value: string;
  label: string;
  /** Stands quietly after the label, e.g. the prefecture. */
  note?: string;
  /** Also found by: pinyin initials, the usual ones first, code, former name. */
  keywords?: string;
};

function rank(option: ComboboxOption, query: string): number {
  const label = option.label.toLowerCase();
  if (label.startsWith(query)) return 0;
  if (label.includes(query)) return 1;
  const rest = `${option.value} ${option.keywords ?? ""} ${option.note ?? ""}`.toLowerCase();
  // 省 may be read as 县 begins: whoever types 县's initials means the name that is usually read so.
  if (option.keywords?.toLowerCase().startsWith(query)) return 2;
  if (rest.includes(query)) return 3;
  return isWithin(query, label) || isWithin(label, query) ? 4 : -1;
}

/** 省级财政 is 省财政 with a character more: each of the one stands in the other, in the same order. */
function isWithin(short: string, long: string): boolean {
  if (short.length < 3) return false;
  const signs = [...short];
  for (const sign of long) if (sign === signs[0]) signs.shift();
  return signs.length === 0;
}

/** Best hits first; within one rank the given order stays (administrative code, never a league table). */
export function filterOptions(options: readonly ComboboxOption[], typed: string): ComboboxOption[] {
  const query = typed.trim().toLowerCase();
  if (query === "") return [...options];
  const ranked = options.map((option) => ({ option, rank: rank(option, query) }));
  return ranked
    .filter((entry) => entry.rank >= 0)
    .sort((left, right) => left.rank - right.rank)
    .map((entry) => entry.option);
}
