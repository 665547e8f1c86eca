/** What a disbursement counts. Different types: nothing ever adds one to another. */
export const COUNT_UNITS = [
  "households",
  "persons",
  "personTimes",
  "packs",
  "employers",
  "sessions",
  "posts",
] as const;

export type CountUnit = (typeof COUNT_UNITS)[number];

/** The word behind a number as a clerk writes it: 3户9人. */
export const COUNT_WORDS: Record<CountUnit, string> = {
  households: "户",
  persons: "人",
  personTimes: "人次",
  packs: "份",
  employers: "家",
  sessions: "场",
  posts: "个岗位",
};

/** Absent = not counted, which is not the same as zero. */
export type Counts = Partial<Record<CountUnit, number>>;

export function eachCount<T>(value: (unit: CountUnit) => T): Record<CountUnit, T> {
  return Object.fromEntries(COUNT_UNITS.map((unit) => [unit, value(unit)])) as Record<CountUnit, T>;
}
