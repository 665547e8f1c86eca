import type pg from "pg";
import { walkChains, type Chain } from "./chain";
import { verifyKept, verifyNotes } from "./checkpoints";
import { fault, QUESTIONS, type Fault } from "./faults";
import { verifyRecords } from "./records";
import { verifyFigures, verifyGuards, verifySubjects, verifyYears } from "./subjects";

export type Verdict = {
  chains: Chain[];
  records: number;
  checkpoints: number;
  faults: Fault[];
  /** What could not be answered with what was given. */
  unanswered: string[];
};

export type Given = {
  /** Signed notes kept elsewhere. */
  notes?: readonly string[];
  publicKey?: string | undefined;
  /** The key was nobody's word but this installation's. */
  ownKey?: boolean;
};

async function sinceLast(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit_entries a
     WHERE a.position > coalesce((SELECT max(c.size) FROM checkpoints c WHERE c.root_id = a.root_id), 0)`,
  );
  return rows[0]?.count ?? 0;
}

/** Holds everything against the chain, in the client's snapshot. */
export async function verify(client: pg.ClientBase, given: Given = {}): Promise<Verdict> {
  const { notes = [], publicKey, ownKey = false } = given;
  const { chains, faults } = await walkChains(client);
  const records = await verifyRecords(client);
  const kept = await verifyKept(client, chains, publicKey);
  const empty = chains.every(({ size }) => size === 0);
  const unaccounted = records.count - records.before;
  const found = empty
    ? unaccounted > 0
      ? [fault("entries-gone", { count: unaccounted })]
      : []
    : [
        ...faults,
        ...records.faults,
        ...(await verifySubjects(client)),
        ...(await verifyYears(client)),
        ...(await verifyFigures(client)),
        ...(await verifyGuards(client)),
      ];
  const late = await sinceLast(client);
  return {
    chains,
    records: records.count,
    checkpoints: kept.count + notes.length,
    faults: [...found, ...kept.faults, ...(await verifyNotes(client, chains, notes, publicKey))],
    unanswered: [
      ...(notes.length === 0 ? [QUESTIONS["no-checkpoint"]] : []),
      ...(publicKey === undefined ? [QUESTIONS["no-key"]] : []),
      ...(ownKey ? [QUESTIONS["own-key"]] : []),
      ...(records.before > 0 ? [QUESTIONS["before-the-chain"](records.before)] : []),
      ...(late > 0 ? [QUESTIONS["after-the-last"](late)] : []),
    ],
  };
}
