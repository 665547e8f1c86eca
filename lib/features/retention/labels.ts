/** What is kept for so many years, each from its own end on. */
export const RETENTION_KINDS = [
  "households-closed",
  "households-lifted",
  "roster-lines",
  "bank-words",
  "objections",
  "reveals",
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

export const MOST_YEARS = 50;
/** Who looked at what is kept for three years at least (个人信息保护法, 第五十六条). */
export const leastYears = (kind: RetentionKind): number => (kind === "reveals" ? 3 : 1);
