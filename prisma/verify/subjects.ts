import type pg from "pg";
import { fault, type Fault } from "./faults";

// Money received, years, accounts, organisations, programmes …: each as its last entry fixed it. A session's
// or an export's entry fixes nothing. What never had an entry (reference data as it was delivered) is not
// judged, but for money received.
const TYPES = [
  "allotment",
  "household",
  "rights-request",
  "retention-rule",
  "project",
  "year",
  "year-reopening",
  "user",
  "admin-request",
  "organisation",
  "programme",
  "campaign",
  "approval-rule",
  "finding-threshold",
  "export-map",
  "workdays",
  "expectation",
  "nil-declaration",
  "factor-rule",
  "narrative",
  "view",
  "layout",
  "frozen-view",
  "publication",
];

type Row = { id: string; position: string; fixed: string; digest: string | null };

const SUBJECTS = `
  WITH last AS (
    SELECT DISTINCT ON (subject_id) subject_id, position, state_digest::text AS fixed FROM audit_entries
    WHERE subject_type = $1 AND state_digest IS NOT NULL ORDER BY subject_id, position DESC)
  SELECT last.subject_id AS id, last.position::text, last.fixed, s.digest
  FROM last LEFT JOIN guard.audit_states($1, ARRAY(SELECT subject_id FROM last)) s ON s.subject_id = last.subject_id
  ORDER BY last.position`;

export async function verifySubjects(client: pg.ClientBase): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const type of TYPES) {
    const { rows } = await client.query<Row>(SUBJECTS, [type]);
    for (const { id, position, fixed, digest } of rows) {
      if (digest === fixed) continue;
      if (digest === null) faults.push(fault("subject-deleted", { type, id, position }));
      else if (type === "year") faults.push(fault("year-altered", { id, position }));
      else faults.push(fault("subject-changed", { type, id, position }));
    }
  }
  const { rows } = await client.query<{ id: string }>(
    `SELECT a.id::text FROM allotments a WHERE NOT EXISTS (SELECT FROM audit_entries e
       WHERE e.subject_type = 'allotment' AND e.subject_id = a.id::text)
     AND NOT EXISTS (SELECT FROM allotment_entries x WHERE x.allotment_id = a.id AND x.seq = 0) ORDER BY a.id`,
  );
  return [...faults, ...rows.map(({ id }) => fault("allotment-unknown", { id }))];
}

/**
 * A closed year was closed on the chain, each closing froze what its records gave then, and nothing entered the year
 * between a closing and its being opened once more.
 */
export async function verifyYears(client: pg.ClientBase): Promise<Fault[]> {
  const closed = await client.query<{ id: string }>(
    `SELECT y.year::text AS id FROM years y WHERE y.status = 'CLOSED' AND NOT EXISTS (
       SELECT FROM audit_entries a WHERE a.action = 'year.close' AND a.subject_id = y.year::text)
     UNION SELECT c.year::text FROM year_closings c WHERE NOT guard.is_on_chain(c) ORDER BY 1`,
  );
  const late = await client.query<{ id: string; record: string; position: string }>(
    `SELECT l.fiscal_year::text AS id, l.disbursement_id::text AS record, turn.position::text
     FROM (SELECT DISTINCT root_id, subject_id FROM audit_entries WHERE action = 'year.close') AS y
     JOIN ledger_entries l ON l.root_id = y.root_id AND l.fiscal_year::text = y.subject_id
     CROSS JOIN LATERAL (SELECT a.position, a.action FROM audit_entries a
       WHERE a.root_id = l.root_id AND a.subject_type = 'year' AND a.subject_id = y.subject_id AND a.position < l.seq
       ORDER BY a.position DESC LIMIT 1) AS turn
     WHERE turn.action = 'year.close' ORDER BY l.seq LIMIT 100`,
  );
  const otherwise = await client.query<Record<"id" | "cell" | "frozen" | "counted", string>>(
    "SELECT year::text AS id, cell, frozen::text, counted::text FROM guard.frozen_differences() LIMIT 100",
  );
  return [
    ...closed.rows.map((row) => fault("year-closed-unseen", row)),
    ...otherwise.rows.map((row) => fault("year-frozen-otherwise", row)),
    ...late.rows.map((row) => fault("year-entered-late", row)),
  ];
}

/** The rollups against the records, and the records' own sum against both; a reversal is one record less. */
export async function verifyFigures(client: pg.ClientBase): Promise<Fault[]> {
  const { rows } = await client.query<{ cell: string }>(
    `SELECT cell::text FROM guard.figure_differences() AS cell
     UNION ALL
     SELECT format('%s %s %s: %s records, %s fen', o.code, x.fiscal_year, x.status, sum(x.n), sum(x.fen))
     FROM (
       SELECT organisation_id, fiscal_year, status, records AS n, amount_fen AS fen FROM figure_rows WHERE fund_source_id = 0
       UNION ALL
       SELECT organisation_id, fiscal_year, status,
         CASE WHEN entry_kind = 'REVERSAL' AND status = 'APPROVED' THEN 1 ELSE -1 END, -coalesce(amount_fen, 0) FROM disbursements) AS x
     JOIN organisations o ON o.id = x.organisation_id
     GROUP BY o.code, x.fiscal_year, x.status HAVING sum(x.n) <> 0 OR sum(x.fen) <> 0`,
  );
  return rows.map((row) => fault("figures-differ", row));
}

/** Guards that somebody switched off and did not switch on again. */
export async function verifyGuards(client: pg.ClientBase): Promise<Fault[]> {
  const { rows } = await client.query<{ table: string; trigger: string }>(
    `SELECT t.tgrelid::regclass::text AS table, t.tgname AS trigger FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
     WHERE p.pronamespace = 'guard'::regnamespace AND t.tgenabled <> 'O'
     UNION ALL
     SELECT needed.name, 'append_only' FROM unnest('{audit_entries,approval_steps,submission_rounds,ledger_entries,allotment_entries,record_moves,checkpoints,year_closings,frozen_views,frozen_figures}'::text[])
       AS needed (name)
     WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = needed.name::regclass AND t.tgname = 'append_only')
     UNION ALL
     SELECT c.relname, 'row-level security' FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       AND c.relname <> '_prisma_migrations' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
     ORDER BY 1, 2`,
  );
  return rows.map((row) => fault("guard-off", row));
}
