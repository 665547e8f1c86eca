import { lineNumberOf } from "@/lib/features/imports/rules";
import type { LineProblem, ReadLine } from "@/lib/features/imports/types";
import type { Known, LineRow } from "./types";

export type Identified = ReadLine & { reading: string | null; nth: number | null; known: boolean };

const keyOf = (reading: string, nth: number): string => `${reading}:${nth}`;

/** Which rows of a file have been seen while it is gone through. */
class Seen {
  private readonly times = new Map<string, number>();
  private readonly firsts = new Map<string, number>();
  private readonly keys = new Set<string>();
  private readonly numbers = new Set<string>();

  /** A number that was copied down with its row is no number. */
  takesNumber(number: string): boolean {
    if (this.numbers.has(number)) return false;
    this.numbers.add(number);
    return true;
  }

  /** The first row that says the same; undefined for that row itself. */
  twinOf(reading: string, row: number): number | undefined {
    const first = this.firsts.get(reading);
    if (first === undefined) this.firsts.set(reading, row);
    return first;
  }

  next(reading: string): number {
    const nth = (this.times.get(reading) ?? 0) + 1;
    this.times.set(reading, nth);
    return nth;
  }

  free(reading: string, from: number): number {
    let nth = from;
    while (this.keys.has(keyOf(reading, nth))) nth += 1;
    this.keys.add(keyOf(reading, nth));
    return nth;
  }
}

/**
 * How each row is known again: by what it says and the how-manieth of its equals it is, so that twins are two and
 * a file brought in twice adds nothing. A row that was given back is known by its number, whatever it says now.
 */
export function identified(
  lines: readonly ReadLine[],
  readings: readonly (string | null)[],
  known: Known,
): Identified[] {
  const seen = new Seen();
  return lines.map((line, at): Identified => {
    const reading = readings[at] ?? null;
    if (reading === null) return { ...line, reading, nth: null, known: false };
    const number = line.returned && lineNumberOf(line.returned.importId, line.returned.row);
    if (number !== null && seen.takesNumber(number)) {
      const nth = seen.free(reading, (known.highest.get(reading) ?? 0) + 1);
      return { ...line, reading, nth, known: known.returned.has(number) };
    }
    const nth = seen.free(reading, seen.next(reading));
    const twin = seen.twinOf(reading, line.row);
    const said: LineProblem[] =
      twin === undefined
        ? []
        : [{ at: null, column: null, key: "importTwin", values: { row: twin }, soft: true }];
    const problems = [...line.problems, ...said];
    return {
      ...line,
      returned: null,
      problems,
      reading,
      nth,
      known: known.readings.has(keyOf(reading, nth)),
    };
  });
}

/** A line as it is kept. `home` is the organisation of the import. */
export function rowOf(
  line: Identified,
  home: number,
  places: ReadonlyMap<string, number>,
): LineRow {
  const { row, cells, problems, fields, reading, nth, returned, known } = line;
  return {
    row,
    organisationId: (fields && places.get(fields.organisation)) ?? home,
    status: fields === null ? "BAD" : known ? "KNOWN" : "GOOD",
    cells,
    problems,
    fields,
    reading,
    nth,
    ofImport: returned?.importId ?? null,
    ofRow: returned?.row ?? null,
  };
}
