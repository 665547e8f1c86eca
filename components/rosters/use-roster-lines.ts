"use client";

import { useMemo, useState } from "react";
import type { RosterColumn } from "@/lib/features/rosters/labels";
import {
  emptyLine,
  isBlank,
  pasted,
  readTyped,
  sumsOf,
  typedOf,
  type TypedLine,
  type TypedReading,
} from "@/lib/features/rosters/rules";
import type { Roster, RosterSums } from "@/lib/features/rosters/types";

/** Empty lines at the end, to go on in. */
const SPARE = 5;

/** Tells lines apart within this tab. */
let lastKey = 0;
const nextKey = () => (lastKey += 1);

/** Read once a line: only what was typed into is read anew. */
const readings = new WeakMap<TypedLine, TypedReading>();
function readingOf(line: TypedLine, today: string): TypedReading {
  const reading = readings.get(line) ?? readTyped(line, today);
  readings.set(line, reading);
  return reading;
}

type State = { lines: readonly TypedLine[]; typed: boolean };

/** The lines that are typed, in this tab's memory alone. */
export function useRosterLines(roster: Roster, today: string) {
  const withSpare = (lines: readonly TypedLine[]): TypedLine[] => {
    const used = lines.reduce((last, line, n) => (isBlank(line) ? last : n + 1), 0);
    const missing = Math.max(0, used + SPARE - lines.length);
    return [...lines, ...Array.from({ length: missing }, () => emptyLine(nextKey()))];
  };
  const begin = (kept: Roster): State => ({
    lines: withSpare((kept.lines ?? []).map((line) => typedOf(line, nextKey()))),
    typed: false,
  });
  const [state, setState] = useState<State>(() => begin(roster));
  const change = (lines: readonly TypedLine[]) =>
    setState({ lines: withSpare(lines), typed: true });
  const filled = useMemo(
    () =>
      state.lines.flatMap((line, row) =>
        isBlank(line) ? [] : [{ line, row, ...readingOf(line, today) }],
      ),
    [state.lines, today],
  );
  const sums: RosterSums = useMemo(() => {
    const lines = filled.map(({ input }) => ({
      amountFen: input.amountFen ?? null,
      packs: input.packs ?? null,
      persons: input.persons ?? 1,
      households: input.households ?? null,
    }));
    return sumsOf(lines, filled.filter(({ input }) => input.idNumber).length);
  }, [filled]);
  return {
    ...state,
    filled,
    sums,
    set: (row: number, column: RosterColumn, text: string) =>
      change(state.lines.map((line, n) => (n === row ? { ...line, [column]: text } : line))),
    paste: (row: number, column: RosterColumn, block: string[][]) =>
      change(pasted(state.lines, { row, column }, block, nextKey)),
    remove: (row: number) => change(state.lines.filter((_, n) => n !== row)),
    nextKey,
    /** Lines of a file, in the place of those that are there or below them. */
    take: (lines: readonly TypedLine[], replaces: boolean) =>
      change(replaces ? lines : [...state.lines.filter((line) => !isBlank(line)), ...lines]),
    restart: (kept: Roster) => setState(begin(kept)),
    /** Lines that were typed before and not saved. */
    restore: (lines: readonly Omit<TypedLine, "key">[]) =>
      change(lines.map((line) => ({ ...emptyLine(nextKey()), ...line, key: nextKey() }))),
  };
}
export type RosterText = ReturnType<typeof useRosterLines>;
