import { lineNumberOf } from "@/lib/features/imports/rules";
import type { LineProblem, ReadLine } from "@/lib/features/imports/types";
import { AppError } from "@/lib/kernel/app-error";
import type { Known, LineRow } from "./types";

/** So many lines in one statement, and drafts in one transaction. */
export const SET = 500;

export function* setsOf<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += SET) yield items.slice(at, at + SET);
}

type Spoilt = { row: number; problems: LineProblem[] };

/** What a refusal says of single rows; null where it names none. */
export function spoiltBy(error: unknown): Spoilt[] | null {
  if (!(error instanceof AppError) || !error.fieldErrors) return null;
  const spoilt = new Map<number, LineProblem[]>();
  for (const [path, faults] of Object.entries(error.fieldErrors)) {
    const [, row, field] = /^lines\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    if (row === undefined) return null;
    const problems = faults.map(({ key, values = {} }): LineProblem => {
      const plain = Object.entries(values).filter((entry): entry is [string, string | number] =>
        ["string", "number"].includes(typeof entry[1]),
      );
      return { at: null, column: field ?? null, key, values: Object.fromEntries(plain) };
    });
    spoilt.set(Number(row), [...(spoilt.get(Number(row)) ?? []), ...problems]);
  }
  return spoilt.size === 0 ? null : [...spoilt].map(([row, problems]) => ({ row, problems }));
}

/** What says nothing of the rows: the server is busy or broken, or the job has lost its rights. */
const OF_NO_ROW: readonly string[] = ["BUSY", "INTERNAL", "UNAUTHENTICATED", "RATE_LIMITED"];
/** The classes of states by which Postgres refuses what a row says: no fit value, a broken constraint. */
const OF_A_ROW = /^2[23][0-9A-Z]{3}$/;

/** A law that refuses a set and names no row of it: as it is said of the row, once that is found; null where it is none. */
export function lawOf(error: unknown): LineProblem | null {
  const said = (key: string): LineProblem => ({ at: null, column: null, key });
  if (error instanceof AppError) {
    if (OF_NO_ROW.includes(error.code)) return null;
    // which field it is about is not known
    return said(error.code === "VALIDATION" ? "importLaw" : `code.${error.code}`);
  }
  const state = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof state === "string" && OF_A_ROW.test(state) ? said("importLaw") : null;
}

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
