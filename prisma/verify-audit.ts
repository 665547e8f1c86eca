// Recomputes the whole audit chain: npm run verify-audit [-- --head <hash>]
// Entries cut off at the end leave a shorter chain that is sound in itself: only a head hash noted
// down earlier (an export, a year's close) can tell.
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import pg from "pg";
import {
  chainFault,
  EMPTY_CHAIN,
  type ChainEntry,
  type ChainFault,
  type ChainState,
} from "@/lib/features/audit/rules";

const BATCH = 2_000;

export type Verdict = ChainState & {
  broken: { id: bigint; fault: ChainFault } | null;
  /** null = no head was asked for. */
  headFound: boolean | null;
};

type Row = Record<string, string | number | Date | null>;

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

async function* entries(client: pg.Client, rootId: number): AsyncGenerator<ChainEntry> {
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
export async function verifyAudit(client: pg.Client, expectedHead?: string): Promise<Verdict> {
  const { rows } = await client.query<{ id: number }>("SELECT guard.first_root() AS id");
  const rootId = rows[0]?.id ?? 0;
  let state = EMPTY_CHAIN;
  let headFound = expectedHead === undefined ? null : expectedHead === state.head;
  for await (const entry of entries(client, rootId)) {
    const fault = chainFault(state, entry, sha256);
    if (fault) return { ...state, broken: { id: entry.position, fault }, headFound };
    state = { count: state.count + 1, at: entry.at, head: entry.hash };
    if (entry.hash === expectedHead) headFound = true;
  }
  return { ...state, broken: null, headFound };
}

const FAULTS: Record<ChainFault, string> = {
  gap: "前面缺了条目或次序不对 an entry before it is missing or out of order",
  link: "与上一条接不上 it does not link to the entry before it",
  hash: "内容被改过 its content was changed",
  time: "时间早于上一条 it is earlier than the entry before it",
};

function report(verdict: Verdict): boolean {
  const { count, head, broken, headFound } = verdict;
  console.log(`已核对 verified ${count} entries, head ${head}`);
  if (broken) console.error(`第 ${broken.id} 条有问题 entry ${broken.id}：${FAULTS[broken.fault]}`);
  if (headFound === false)
    console.error(
      "给出的链头不在链上：末尾可能被截去 the given head is not in the chain: its end may have been cut off",
    );
  return broken === null && headFound !== false;
}

async function main(): Promise<void> {
  const at = process.argv.indexOf("--head");
  const head = at > 0 ? process.argv[at + 1] : undefined;
  const client = new pg.Client({ connectionString: process.env["DATABASE_OWNER_URL"] });
  await client.connect();
  // one snapshot: entries appended meanwhile are the next run's business
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const sound = report(await verifyAudit(client, head));
  await client.end();
  process.exitCode = sound ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
