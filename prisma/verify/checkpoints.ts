import type pg from "pg";
import { readCheckpoint, type Checkpoint } from "@/lib/kernel/checkpoint";
import { openNote } from "@/lib/platform/signed-note";
import type { Chain } from "./chain";
import { fault, type Fault } from "./faults";

type Kept = {
  id: string;
  root_id: number;
  size: string;
  head: string;
  figures: string;
  note: string;
};

/** One checkpoint against the chain and the ledger as they are now. */
async function against(
  client: pg.ClientBase,
  chain: Chain,
  which: string,
  { size, head, figures }: Pick<Checkpoint, "size" | "head" | "figures">,
): Promise<Fault[]> {
  const said = { which, position: size };
  if (size > BigInt(chain.size)) return [fault("checkpoint-beyond", { ...said, size: chain.size })];
  const { rows } = await client.query<{ head: string; figures: string }>(
    `SELECT hash::text AS head, guard.figures_digest(root_id, position) AS figures
     FROM audit_entries WHERE root_id = $1 AND position = $2`,
    [chain.rootId, size],
  );
  if (rows[0]?.head !== head) return [fault("checkpoint-head", said)];
  return rows[0].figures === figures ? [] : [fault("checkpoint-figures", said)];
}

const textOf = (note: string) => note.slice(0, note.lastIndexOf("\n\n") + 1);

/** Notes that somebody kept elsewhere. */
export async function verifyNotes(
  client: pg.ClientBase,
  chains: readonly Chain[],
  notes: readonly string[],
  publicKey: string | undefined,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const note of notes) {
    const opened = publicKey === undefined ? { text: textOf(note) } : openNote(note, publicKey);
    const read = "text" in opened ? readCheckpoint(opened.text) : null;
    const which = `给出的核验点 the given checkpoint ${read ? read.size : ""}`.trimEnd();
    const chain = chains.find(({ origin }) => origin === read?.origin);
    if (!read) faults.push(fault("checkpoint-signature", { which }));
    else if (!chain) faults.push(fault("checkpoint-origin", { which, origin: read.origin }));
    else faults.push(...(await against(client, chain, which, read)));
  }
  return faults;
}

/** Those the database keeps: every head and signature; the figures at the newest and at each year's close. */
export async function verifyKept(
  client: pg.ClientBase,
  chains: readonly Chain[],
  publicKey: string | undefined,
): Promise<{ count: number; faults: Fault[] }> {
  const { rows } = await client.query<Kept & { telling: boolean }>(
    `SELECT id::text, root_id, size::text, head::text, figures::text, note,
       occasion = 'YEAR_CLOSE' OR id = max(id) OVER (PARTITION BY root_id) AS telling FROM checkpoints ORDER BY id`,
  );
  const heads = await client.query<{ id: string }>(
    `SELECT c.id::text FROM checkpoints c JOIN audit_entries a ON a.root_id = c.root_id AND a.position = c.size AND a.hash = c.head`,
  );
  const onChain = new Set(heads.rows.map(({ id }) => id));
  const faults: Fault[] = [];
  for (const row of rows) {
    const which = `库内核验点 the kept checkpoint ${row.id}`;
    const opened =
      publicKey === undefined ? { text: textOf(row.note) } : openNote(row.note, publicKey);
    const read = "text" in opened ? readCheckpoint(opened.text) : null;
    const chain = chains.find(({ rootId }) => rootId === row.root_id);
    const size = BigInt(row.size);
    if ("fault" in opened) faults.push(fault("checkpoint-signature", { which }));
    else if (!read || read.size !== size || read.head !== row.head || read.figures !== row.figures)
      faults.push(fault("checkpoint-altered", { which }));
    else if (chain && (row.telling || !onChain.has(row.id)))
      faults.push(...(await against(client, chain, which, { ...read })));
  }
  return { count: rows.length, faults };
}
