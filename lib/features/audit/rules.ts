/** Subjects whose history belongs to an organisation; everything else is accounts and reference data. */
export const RECORD_SUBJECTS = ["disbursement", "allotment", "export"] as const;

const GENESIS = "0".repeat(64);

export type ChainEntry = {
  id: bigint;
  at: Date;
  transactionId: bigint;
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  organisationId: number | null;
  body: string;
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

/** The text whose SHA-256 is the entry's hash. */
function framedEntry(entry: Omit<ChainEntry, "hash">): string {
  return frame([
    entry.prevHash,
    entry.id.toString(),
    entry.at.toISOString(),
    entry.transactionId.toString(),
    entry.actorId,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    entry.organisationId === null ? null : String(entry.organisationId),
    entry.body,
  ]);
}

export type ChainFault = "gap" | "link" | "hash";

export type ChainState = { count: number; lastId: bigint; head: string };
export const EMPTY_CHAIN: ChainState = { count: 0, lastId: 0n, head: GENESIS };

/** Why this entry cannot follow what came before it; null = it does. */
export function chainFault(
  state: ChainState,
  entry: ChainEntry,
  sha256: (text: string) => string,
): ChainFault | null {
  if (entry.id !== state.lastId + 1n) return "gap";
  if (entry.prevHash !== state.head) return "link";
  return sha256(framedEntry(entry)) === entry.hash ? null : "hash";
}
