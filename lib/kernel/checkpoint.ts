import type { Locale } from "./preferences";

/** How far a chain had come at a moment, and what the approved figures were then. */
export type Checkpoint = {
  /** Code of the root organisation. */
  origin: string;
  size: bigint;
  head: string;
  at: Date;
  /** SHA-256 of the approved figures (guard.figures_digest). */
  figures: string;
};

const FIRST_LINE = "nuanzhang-checkpoint/1";

/** The text that is signed. Its first line is our own: the head of a linear chain is no Merkle root. */
export function checkpointText({ origin, size, head, at, figures }: Checkpoint): string {
  const lines = [FIRST_LINE, origin, `${size} ${head}`, at.toISOString(), `figures ${figures}`];
  return `${lines.join("\n")}\n`;
}

const SHAPE = new RegExp(
  `^${FIRST_LINE}\\n(\\S+)\\n([1-9]\\d*) ([0-9a-f]{64})\\n(\\S+Z)\\nfigures ([0-9a-f]{64})\\n$`,
);

/** Null: not a text of this kind. */
export function readCheckpoint(text: string): Checkpoint | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [origin, size, head, at, figures] = match.slice(1) as [string, string, string, string, string]; // prettier-ignore
  return { origin, size: BigInt(size), head, at: new Date(at), figures };
}

/** The signed notes in a file, whatever a terminal printed around them. */
export function notesIn(file: string): string[] {
  const text = file.replace(/\r\n?/g, "\n");
  const note = new RegExp(`^${FIRST_LINE}\\n(?:[^\\n]+\\n)+\\n(?:— [^\\n]+(?:\\n|$))+`, "gm");
  return [...text.matchAll(note)].map(([one]) => (one.endsWith("\n") ? one : `${one}\n`));
}

/** 核验点 630000 · 第 12,345 条 · 3f9a12cd…77e0b1c2: printed on what is handed over, to be held against the chain. */
export function checkpointLine(
  { origin, size, head }: Pick<Checkpoint, "origin" | "size" | "head">,
  locale: Locale,
): string {
  const number = size.toLocaleString("en");
  const short = `${head.slice(0, 8)}…${head.slice(-8)}`;
  return locale === "en"
    ? `Checkpoint ${origin} · entry ${number} · ${short}`
    : `核验点 ${origin} · 第 ${number} 条 · ${short}`;
}
