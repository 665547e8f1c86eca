import type { Invariant } from "./types";

/** The key of an invariant's sentence in the messages, which know no hyphens. */
export function invariantKey<T extends Invariant>(invariant: T): CamelCase<T> {
  return invariant.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<T>;
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;
