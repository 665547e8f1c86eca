import type { z } from "zod";

/** What Next hands a page as `await searchParams`. */
export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * Addresses are typed, shortened and forwarded by people: each parameter that can be read is kept, the others are
 * named; a page that shows figures shows none then. An empty one (a form sends them) means nothing.
 */
export function readSearch<Schema extends z.ZodObject>(
  schema: Schema,
  search: SearchParams,
): { query: z.infer<Schema>; ignored: string[] } {
  const kept: Record<string, string> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(search)) {
    const text = Array.isArray(value) ? value.join(",") : (value ?? "");
    if (text === "") continue;
    if (schema.safeParse({ [name]: text }).success) kept[name] = text;
    else ignored.push(name);
  }
  return { query: schema.parse(kept), ignored };
}

/** Where the reader stands in a list that only knows "what comes after": the way back goes along. */
export type PagePlace = { cursor?: string | undefined; trail?: string | undefined };

export type PageSteps = {
  /** Counted from 1. */
  number: number;
  previous: Record<string, string> | null;
  next: Record<string, string> | null;
};

const KEPT_STEPS = 40;

/**
 * Keyset pages have no numbers and no way back. `trail` holds the cursors of the pages gone through,
 * the first page being the one without; very long ways forget their beginning.
 */
export function pageSteps({ cursor, trail = "" }: PagePlace, nextCursor: string | null): PageSteps {
  const passed = trail.split(".").filter((step) => /^[\w-]+$/.test(step));
  const at = (to: string | undefined, way: readonly string[]): Record<string, string> => ({
    ...(to === undefined ? {} : { cursor: to }),
    ...(way.length === 0 ? {} : { trail: way.slice(-KEPT_STEPS).join(".") }),
  });
  const way = cursor === undefined ? passed : [...passed, cursor];
  return {
    number: way.length + 1,
    previous: cursor === undefined ? null : at(passed.at(-1), passed.slice(0, -1)),
    next: nextCursor === null ? null : at(nextCursor, way),
  };
}
