import type pg from "pg";

/**
 * How the records came to be: each step an entry of the chain, in the order of the records' days and spread evenly
 * over the years up to now, so that a year's entries stand roughly in that year. Hashes and digests are invented.
 */
const STEPS = `
  CREATE TEMP TABLE history AS
  SELECT row_number() OVER (ORDER BY d.ledger_on, d.id, s.step) AS position, d.id, s.action, s.from_status, s.to_status,
    d.organisation_id, d.fiscal_year, d.programme_id, d.created_by, d.amount_fen, d.note
  FROM disbursements d CROSS JOIN LATERAL (VALUES
    (1, 'create', NULL, 'DRAFT'),
    (2, CASE d.status WHEN 'VOIDED' THEN 'void' ELSE 'submit' END, 'DRAFT', CASE d.status WHEN 'VOIDED' THEN 'VOIDED' ELSE 'SUBMITTED' END),
    (3, CASE d.status WHEN 'APPROVED' THEN 'approve' ELSE 'return' END, 'SUBMITTED', d.status)) AS s (step, action, from_status, to_status)
  WHERE s.step <= CASE d.status WHEN 'DRAFT' THEN 1 WHEN 'SUBMITTED' THEN 2 WHEN 'VOIDED' THEN 2 ELSE 3 END`;

const hash = (position: string) => `encode(sha256((${position})::text::bytea), 'hex')`;

const CHAIN = `
  INSERT INTO audit_entries (root_id, position, at, transaction_id, actor_id, action, subject_type, subject_id,
    organisation_id, body, state_digest, prev_hash, hash)
  SELECT $1::int, h.position,
    make_timestamptz($2::int, 1, 1, 0, 0, 0, 'Asia/Shanghai')
      + (now() - interval '1 hour' - make_timestamptz($2::int, 1, 1, 0, 0, 0, 'Asia/Shanghai')) * (h.position / n.entries::float8),
    -h.position, CASE WHEN h.action IN ('approve', 'return') THEN r.id ELSE h.created_by END, 'disbursement.' || h.action,
    'disbursement', h.id, h.organisation_id,
    CASE h.action WHEN 'create' THEN json_build_object('organisation', h.organisation_id, 'fiscalYear', h.fiscal_year,
      'programme', h.programme_id, 'amountFen', h.amount_fen::text, 'note', h.note) ELSE json_build_object('version', 2) END,
    ${hash("-h.position")}, ${hash("h.position - 1")}, ${hash("h.position")}
  FROM history h CROSS JOIN (SELECT count(*) AS entries FROM history) n
  CROSS JOIN (SELECT id FROM users WHERE username = 'bench.province.0') r
  ORDER BY h.position`;

const COUNTED = `
  INSERT INTO ledger_entries (root_id, seq, transaction_id, disbursement_id, fiscal_year, organisation_id)
  SELECT $1::int, position, -position, id, fiscal_year, organisation_id FROM history WHERE action = 'approve' ORDER BY position`;

const MOVES = `
  INSERT INTO record_moves (root_id, seq, disbursement_id, from_status, to_status, fiscal_year, programme_id, organisation_id)
  SELECT $1::int, position, id, from_status, to_status, fiscal_year, programme_id, organisation_id FROM history ORDER BY position`;

/** Of every union, year and four sources; none where the bench writes, so that nothing there is held against it. */
const RECEIVED = `
  INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, received_on, created_by, created_at)
  SELECT o.id, y.year, f.id, (100 * floor(100000 + random() * 4000000))::bigint, make_date(y.year, 3, 1), u.id, now()
  FROM organisations o CROSS JOIN years y
  CROSS JOIN (SELECT id FROM fund_sources WHERE NOT earmarked ORDER BY sort_order LIMIT 4) f
  CROSS JOIN (SELECT id FROM users WHERE username = 'bench.province.0') u
  WHERE o.code <> '630123'`;

/** The chain of the records and the money received, written past the laws; whoever calls this has put the triggers to sleep. */
export async function insertHistory(client: pg.Client, firstYear: number): Promise<void> {
  const { rows } = await client.query<{ root: number }>(
    "SELECT id AS root FROM organisations WHERE parent_id IS NULL ORDER BY id LIMIT 1",
  );
  const root = rows[0]?.root;
  await client.query(STEPS);
  await client.query(CHAIN, [root, firstYear]);
  await client.query(COUNTED, [root]);
  await client.query(MOVES, [root]);
  await client.query("DROP TABLE history");
  await client.query(RECEIVED);
}
