import type { Draft } from "@/lib/features/checks/types";
import type { Finding } from "./types";

// Apart from the rules that find them: pages that only show findings are not made to load those.

/** Soft, and not answered as it stands now. */
export const isOpen = ({ level, answer }: Finding) => level === "soft" && answer?.covers !== true;

const sameValues = (a: Finding["values"], b: Finding["values"]) => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** An answer to these values holds for those: what a finding tells besides since then was no part of the question. */
export const holdsFor = (given: Finding["values"], now: Finding["values"]) =>
  Object.keys(given).every((name) => given[name] === now[name]);

/** The same rule of the same values; some rules find several things in one record. */
export const sameFinding = (a: Draft, b: Draft) =>
  a.rule === b.rule && sameValues(a.values, b.values);
