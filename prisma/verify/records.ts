import type pg from "pg";
import { fault, type Fault } from "./faults";

const BATCH = 1_000;

type Row = {
  id: string;
  status: string;
  digest: string;
  version: number;
  amount: string | null;
  shares: string | null;
  seq: string | null;
  before: boolean;
  entries: number;
  position: string | null;
  fixed: string | null;
  /** The last amount that an entry names: undefined where none does. */
  said: string | null;
  moves: string[];
  steps: string[];
};

/** What is said of a record beside it: papers, payments, a correction, what was forgotten. Everything else makes a version. */
const WITHOUT_VERSION = [
  "adjust",
  "payments",
  "sheet",
  "notice",
  "batch",
  "cancel-batch",
  "forget",
].map((step) => `disbursement.${step}`);

// A body that was tampered with may be no JSON any more: its amount is looked for, not parsed.
const RECORDS = `
  WITH batch AS (SELECT * FROM disbursements WHERE id > $1 ORDER BY id LIMIT ${BATCH})
  SELECT d.id::text, d.status, s.digest, d.version, d.amount_fen::text AS amount, share.total::text AS shares,
    l.seq::text, coalesce(m.before, false) AS before, e.entries, e.position::text, e.fixed, e.said,
    coalesce(e.moves, '{}') AS moves, coalesce(step.steps, '{}') AS steps
  FROM batch d
  JOIN guard.audit_states('disbursement', ARRAY(SELECT id::text FROM batch)) s ON s.subject_id = d.id::text
  LEFT JOIN ledger_entries l ON l.disbursement_id = d.id
  CROSS JOIN LATERAL (
    SELECT bool_or(x.seq = 0) AS before FROM record_moves x WHERE x.disbursement_id = d.id) AS m
  CROSS JOIN LATERAL (
    SELECT CASE WHEN count(*) = count(x.amount_fen) THEN sum(x.amount_fen) END AS total
    FROM disbursement_shares x WHERE x.disbursement_id = d.id) AS share
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.action <> ALL ('{${WITHOUT_VERSION.join(",")}}'))::int AS entries, max(a.position) AS position,
      (array_agg(a.state_digest::text ORDER BY a.position DESC))[1] AS fixed,
      (array_agg(substring(a.body FROM '"amountFen":"?(-?\\d+|null)') ORDER BY a.position DESC)
        FILTER (WHERE a.body LIKE '%"amountFen":%'))[1] AS said,
      array_agg(substring(a.action FROM 14) || ' ' || coalesce(a.actor_id::text, '') ORDER BY a.position)
        FILTER (WHERE a.action IN ('disbursement.submit', 'disbursement.withdraw', 'disbursement.open', 'disbursement.approve', 'disbursement.return', 'disbursement.void')) AS moves
    FROM audit_entries a WHERE a.subject_type = 'disbursement' AND a.subject_id = d.id::text) AS e
  CROSS JOIN LATERAL (
    SELECT array_agg(lower(x.action) || ' ' || x.actor_id ORDER BY x.id) AS steps
    FROM approval_steps x WHERE x.disbursement_id = d.id) AS step
  ORDER BY d.id`;

/** What one list has that the other lacks, each as often as it does. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const parts = (move: string) => {
  const [step = "", who = ""] = move.split(" ");
  return { step, who };
};

/** Steps by one person in the chain and by another in the table; or in one of the two alone. */
function stepFaults({ id, moves, steps }: Row): Fault[] {
  const said = without(moves, steps).map(parts);
  const now = without(steps, moves).map(parts);
  const swapped = said.flatMap(({ step, who }) => {
    const at = now.findIndex((other) => other.step === step);
    if (at < 0) return [];
    const [other] = now.splice(at, 1);
    return [{ step, said: who, now: other?.who ?? "" }];
  });
  const alone = said.filter(
    ({ step, who }) => !swapped.some((s) => s.step === step && s.said === who),
  );
  return [
    ...swapped.map((values) => fault("record-step", { id, ...values })),
    ...alone.map((values) => fault("step-forged", { id, where: "chain", ...values })),
    ...now.map((values) => fault("step-forged", { id, where: "table", ...values })),
  ];
}

function recordFaults(row: Row): Fault[] {
  const { id, position, before } = row;
  if (position === null) return before ? [] : [fault("record-unknown", { id })];
  const faults = before ? [] : stepFaults(row);
  const settled = row.status === "SUBMITTED" || row.status === "APPROVED";
  if (settled && row.amount !== null && row.shares !== row.amount)
    faults.push(fault("record-shares", { id }));
  if ((row.status === "APPROVED") !== (row.seq !== null))
    faults.push(fault("ledger-differs", { id }));
  if (row.entries > row.version) faults.push(fault("entry-forged", { id, position }));
  if (row.digest === row.fixed) return faults;
  const now = row.amount ?? "null";
  if (row.said !== null && row.said !== now)
    faults.unshift(fault("record-amount", { id, said: row.said, now }));
  // said in particular already, by whichever sentence knows more
  return faults.length > 0 ? faults : [fault("record-changed", { id, position })];
}

/** Every record, with its shares, steps, answers and corrections, against its entries. */
export async function verifyRecords(
  client: pg.ClientBase,
): Promise<{ count: number; before: number; faults: Fault[] }> {
  const faults: Fault[] = [];
  let [count, before, last] = [0, 0, "-1"];
  for (;;) {
    const { rows } = await client.query<Row>(RECORDS, [last]);
    for (const row of rows) {
      faults.push(...recordFaults(row));
      if (row.position === null && row.before) before += 1;
    }
    count += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < BATCH) break;
  }
  const gone = await client.query<{ id: string; position: string }>(
    `SELECT a.subject_id AS id, max(a.position)::text AS position FROM audit_entries a
     WHERE a.subject_type = 'disbursement' AND NOT EXISTS (SELECT FROM disbursements d WHERE d.id::text = a.subject_id)
     GROUP BY a.subject_id ORDER BY max(a.position)`,
  );
  faults.push(...gone.rows.map((row) => fault("record-deleted", row)));
  return { count, before, faults };
}
