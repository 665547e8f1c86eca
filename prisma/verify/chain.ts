import { createHash } from "node:crypto";
import type pg from "pg";
import { chainFault, EMPTY_CHAIN, type ChainEntry } from "@/lib/features/audit/rules";
import { AUDIT_ACTIONS } from "@/lib/kernel/audit-actions";
import { fault, type Fault } from "./faults";

const BATCH = 2_000;
const KNOWN: ReadonlySet<string> = new Set(AUDIT_ACTIONS);

type Row = Record<string, string | number | Date | null>;
export type Chain = { rootId: number; origin: string; size: number; head: string };

function entryOf(row: Row): ChainEntry {
  return {
    rootId: Number(row["root_id"]),
    position: BigInt(String(row["position"])),
    at: row["at"] as Date,
    transactionId: BigInt(String(row["transaction_id"])),
    actorId: row["actor_id"] as string | null,
    action: String(row["action"]),
    subjectType: String(row["subject_type"]),
    subjectId: String(row["subject_id"]),
    organisationId: row["organisation_id"] as number | null,
    body: String(row["body"]),
    stateDigest: row["state_digest"] as string | null,
    prevHash: String(row["prev_hash"]),
    hash: String(row["hash"]),
  };
}

async function* entries(client: pg.ClientBase, rootId: number): AsyncGenerator<ChainEntry> {
  let last = "-9223372036854775808";
  for (;;) {
    const { rows } = await client.query<Row>(
      "SELECT * FROM audit_entries WHERE root_id = $1 AND position > $2 ORDER BY position LIMIT $3",
      [rootId, last, BATCH],
    );
    for (const row of rows) yield entryOf(row);
    if (rows.length < BATCH) return;
    last = String(rows.at(-1)?.["position"]);
  }
}

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

/** Stops at the first entry that does not follow from the one before it. */
async function walk(
  client: pg.ClientBase,
  root: { id: number; code: string },
): Promise<{ chain: Chain; faults: Fault[] }> {
  const faults: Fault[] = [];
  let state = EMPTY_CHAIN;
  for await (const entry of entries(client, root.id)) {
    const { position, action } = entry;
    const wrong = chainFault(state, entry, sha256);
    if (wrong) {
      faults.push(fault(wrong, { position }));
      break;
    }
    if (!KNOWN.has(action)) faults.push(fault("action-unknown", { position, action }));
    state = { count: state.count + 1, at: entry.at, head: entry.hash };
  }
  const chain = { rootId: root.id, origin: root.code, size: state.count, head: state.head };
  return { chain, faults };
}

const BEYOND = `SELECT max(seq)::text AS position FROM (
  SELECT seq FROM ledger_entries WHERE root_id = $1 UNION ALL
  SELECT seq FROM allotment_entries WHERE root_id = $1 UNION ALL
  SELECT seq FROM record_moves WHERE root_id = $1) x`;

/** Every chain there is, recomputed from its first entry. */
export async function walkChains(
  client: pg.ClientBase,
): Promise<{ chains: Chain[]; faults: Fault[] }> {
  const { rows: roots } = await client.query<{ id: number; code: string }>(
    `SELECT o.id, o.code FROM organisations o WHERE o.parent_id IS NULL
       AND (EXISTS (SELECT FROM audit_entries a WHERE a.root_id = o.id) OR EXISTS (SELECT FROM ledger_entries l WHERE l.root_id = o.id)
         OR EXISTS (SELECT FROM record_moves m WHERE m.root_id = o.id)) ORDER BY o.code`,
  );
  const chains: Chain[] = [];
  const faults: Fault[] = [];
  for (const root of roots) {
    const walked = await walk(client, root);
    chains.push(walked.chain);
    faults.push(...walked.faults);
    const { rows } = await client.query<{ position: string | null }>(BEYOND, [root.id]);
    const position = Number(rows[0]?.position ?? 0);
    const { size } = walked.chain;
    if (walked.faults.length === 0 && size > 0 && position > size)
      faults.push(fault("tail-cut", { size, position }));
  }
  return { chains, faults };
}
