import type { LineProblem } from "@/lib/features/imports/types";

export type Known = {
  /** `reading:nth` of what is in. */
  readings: ReadonlySet<string>;
  /** The highest `nth` of each reading that is in. */
  highest: ReadonlyMap<string, number>;
  /** `import-row` of what was given back and is in, or was in from the first. */
  returned: ReadonlySet<string>;
};

/** A line as it is stored. */
export type LineRow = {
  row: number;
  organisationId: number;
  status: "GOOD" | "BAD" | "KNOWN";
  cells: readonly string[];
  problems: readonly LineProblem[];
  fields: object | null;
  reading: string | null;
  nth: number | null;
  ofImport: string | null;
  ofRow: number | null;
};
