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

/** Absent = not counted, which is not the same as zero. */
export type Counts = Partial<Record<CountUnit, number>>;
