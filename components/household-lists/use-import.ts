"use client";

import { useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { readTableFile } from "@/lib/browser/table-file";
import { importHouseholds } from "@/lib/features/household-lists/client";
import { MOST_AT_ONCE, MOST_IN_LIST } from "@/lib/features/household-lists/labels";
import { readList, type ReadList } from "@/lib/features/household-lists/rules";
import type { ImportOutcome, LineFault } from "@/lib/features/household-lists/types";

export type Looked = {
  list: ReadList;
  /** What cannot be read of a line, by the page or by the server; none of its values. */
  faults: LineFault[];
  results: ImportOutcome[];
};

/** A list is read in this tab and sent piece by piece: looked through first, filed when somebody says so. */
export function useImport(organisation: string, today: string) {
  const command = useCommand();
  const [problem, setProblem] = useState<
    "missing" | "notTable" | "noHeadings" | "tooMany" | "empty" | null
  >(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [done, setDone] = useState<ImportOutcome[] | null>(null);

  /** Piece after piece; what was filed before one failed stays filed, and is told as there the next time. */
  async function send(households: ReadList["households"], dry: boolean) {
    const results: ImportOutcome[] = [];
    for (let at = 0; at < households.length; at += MOST_AT_ONCE) {
      const body = { organisation, dry, households: households.slice(at, at + MOST_AT_ONCE) };
      const outcome = await command.run((write) => write(importHouseholds, { body }));
      if (!outcome.ok) return { results, whole: false };
      results.push(...outcome.answer.results);
      if (!dry) setDone([...results]);
    }
    return { results, whole: true };
  }

  async function look(file: File | undefined) {
    setLooked(null);
    setDone(null);
    setProblem(null);
    if (!file) return;
    const cells = await readTableFile(file);
    if (cells === null) return setProblem("notTable");
    const list = readList(cells, today);
    if (!list.headed) return setProblem("noHeadings");
    if (list.households.length === 0) return setProblem("empty");
    if (list.households.length > MOST_IN_LIST) return setProblem("tooMany");
    const unread = new Set(list.faults.map(({ line }) => line));
    const readable = list.households.filter(({ lines }) => !lines.some((line) => unread.has(line)));
    const { results, whole } = await send(readable, true);
    if (!whole) return;
    const faults = [...list.faults, ...results.flatMap((one) => one.faults)];
    setLooked({ list, results, faults: faults.sort((a, b) => a.line - b.line) });
  }

  async function file() {
    if (!looked) return setProblem((now) => now ?? "missing");
    const lines = new Set(looked.results.flatMap((one) => (one.outcome === "new" ? one.line : [])));
    await send(
      looked.list.households.filter(
        ({ lines: [first] }) => first !== undefined && lines.has(first),
      ),
      false,
    );
  }

  return { command, problem, looked, done, look, file };
}
