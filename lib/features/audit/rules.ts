/** Subjects whose history belongs to an organisation; everything else is accounts and reference data. */
export const RECORD_SUBJECTS = [
  "disbursement",
  "allotment",
  "project",
  "nil-declaration",
  "narrative",
  "export",
  "import",
] as const;

/** The root organisation of a path: "/1/5/23/" → 1. Each root has a chain of its own. */
export const rootOf = (path: string): number => Number(path.split("/")[1]);

/** The id in a record's number as everybody sees it: "630123-2026-000042", full-width too, or its last part alone. */
export function recordIdOf(text: string): string | null {
  const match = /^(?:[0-9A-Za-z-]{2,20}-\d{4}-)?0*([1-9]\d{0,17})$/.exec(
    text
      .normalize("NFKC")
      .trim()
      .replace(/[\u2010-\u2015]/g, "-"),
  );
  return match?.[1] ?? null;
}

const GENESIS = "0".repeat(64);

export type ChainEntry = {
  rootId: number;
  position: bigint;
  at: Date;
  transactionId: bigint;
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  organisationId: number | null;
  body: string;
  /** Null where the entry changed no row: sessions, exports. */
  stateDigest: string | null;
  prevHash: string;
  hash: string;
};

const bytes = new TextEncoder();

/** Length-framed text, so that no two lists of fields give the same bytes. Null is "-". */
function frame(fields: readonly (string | null)[]): string {
  return fields
    .map((field) => (field === null ? "-" : `${bytes.encode(field).length}:${field}`))
    .join("");
}

/** The entry's own content; its SHA-256 goes into the entry's hash. */
function framedEntry(entry: ChainEntry): string {
  return frame([
    entry.transactionId.toString(),
    entry.actorId,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    entry.organisationId === null ? null : String(entry.organisationId),
    entry.body,
    entry.stateDigest,
  ]);
}

/** The text whose SHA-256 is the entry's hash: what came before, where and when it stands, and its content. */
function linkOf(entry: ChainEntry, sha256: (text: string) => string): string {
  const { prevHash, rootId, position, at } = entry;
  return [prevHash, rootId, position, at.toISOString(), sha256(framedEntry(entry))].join(" ");
}

export type ChainFault = "gap" | "link" | "hash" | "time";

export type ChainState = { count: number; head: string; at: Date };
export const EMPTY_CHAIN: ChainState = { count: 0, head: GENESIS, at: new Date(0) };

/** Why this entry cannot follow what came before it; null = it does. */
export function chainFault(
  state: ChainState,
  entry: ChainEntry,
  sha256: (text: string) => string,
): ChainFault | null {
  if (entry.position !== BigInt(state.count) + 1n) return "gap";
  if (entry.prevHash !== state.head) return "link";
  if (sha256(linkOf(entry, sha256)) !== entry.hash) return "hash";
  return entry.at < state.at ? "time" : null;
}
