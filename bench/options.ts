/** npm run bench -- [options]; bench/README.md explains them. */

const PARTS = [
  "trips",
  "reads",
  "writes",
  "growth",
  "exports",
  "scripts",
  "imports",
  "grid",
  "sets",
  "year",
] as const;
export type Part = (typeof PARTS)[number];

function text(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function number(name: string, fallback: number): number {
  const value = Number(text(name) ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} wants a whole number`);
  return value;
}

function parts(): readonly Part[] {
  const asked = text("parts")?.split(",");
  const unknown = asked?.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`--parts knows ${PARTS.join(", ")}, not ${unknown}`);
  return PARTS.filter((part) => asked?.includes(part) ?? true);
}

export const options = {
  parts: parts(),
  only: text("only"),
  fresh: process.argv.includes("--fresh"),
  /** How many records each database holds; the second is the one that rates and exports are taken from. */
  sizes: [
    number("small", 100_000),
    number("large", 1_000_000),
    ...[number("huge", 0)].filter((n) => n > 0),
  ],
  clients: number("clients", 16),
  seconds: number("seconds", 8),
  rounds: number("rounds", 7),
};

export const chosen = (name: string) => options.only === undefined || name.includes(options.only);
