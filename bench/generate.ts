import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import pg from "pg";
import { seedReference } from "@/prisma/seed/reference";
import { insertHistory } from "./history";

/** Invented records, ten years of them, spread as a province spends: by season, most of it in counties. */

const FIRST_YEAR = 2017;
const YEARS = 10;
/** Enough people that nobody meets the limits made for one. */
const PEOPLE = 40;
export const provinceReader = (n: number) => `bench.province.${n % PEOPLE}`;
export const countyClerk = (n: number) => `bench.clerk.${n % PEOPLE}`;
export const administrator = (n: number) => `bench.admin.${n % PEOPLE}`;
/** What the database knows of a person's session, whose token is the user name here. */
const sessionOf = (username: string) => createHash("sha256").update(username).digest("hex");

export type BenchDatabase = { name: string; rows: number; ownerUrl: string; url: string };

export function inDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this through npm run bench`);
  return value;
};

export function benchDatabase(rows: number, name = `bench_${rows}`): BenchDatabase {
  return {
    name,
    rows,
    ownerUrl: inDatabase(setting("DATABASE_OWNER_URL"), name),
    url: inDatabase(setting("DATABASE_URL"), name),
  };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The people who ask: readers of the whole province, clerks of one county, and administrators. */
async function insertPeople(client: pg.Client): Promise<void> {
  for (let n = 0; n < PEOPLE; n++) {
    for (const [username, role, organisation] of [
      [provinceReader(n), "PROVINCE", "630000"],
      [countyClerk(n), "CLERK", "630123"],
      [administrator(n), "ADMIN", "630000"],
    ] as const) {
      await client.query(
        `WITH u AS (INSERT INTO users (username, name_zh, name_en) VALUES ($1, $1, $1)
           ON CONFLICT DO NOTHING RETURNING id)
         INSERT INTO memberships (user_id, organisation_id, role)
         SELECT u.id, o.id, $2 FROM u, organisations o WHERE o.code = $3`,
        [username, role, organisation],
      );
      await client.query(
        `INSERT INTO sessions (token_hash, user_id, expires_at, last_seen_at, proven_at)
         SELECT $2, id, now() + interval '30 days', now() + interval '29 days', now() + interval '29 days'
         FROM users WHERE username = $1
         ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at,
           expires_at = excluded.expires_at, proven_at = excluded.proven_at, revoked_at = NULL`,
        [username, sessionOf(username)],
      );
    }
  }
}

const INSERT_RECORDS = `
  INSERT INTO disbursements (organisation_id, prefecture_id, county_id, fiscal_year, paid_on, period_from, period_to, month, ledger_on,
    programme_id, aid_category_id, recipient_kind_id, form, amount_fen, amount_kind, households, persons,
    packs, note, status, approvals_given, version, created_by, last_edited_by, submitted_by, submitted_at, approved_at)
  SELECT organisation_id, prefecture_id, county_id, fiscal_year, paid_on,
    CASE WHEN paid_on IS NULL THEN make_date(fiscal_year, 1, 1) END,
    CASE WHEN paid_on IS NULL THEN make_date(fiscal_year, 12, 31) END,
    CASE WHEN paid_on IS NULL THEN 0 ELSE extract(month FROM paid_on) END,
    coalesce(paid_on, make_date(fiscal_year, 12, 31)),
    programme_id, default_aid_category_id, default_recipient_kind_id,
    allowed_forms[1 + floor(power(random(), 3) * cardinality(allowed_forms))::int],
    CASE WHEN unvalued THEN NULL ELSE (100 * floor(200 + power(random(), 4) * 400000))::bigint END,
    CASE WHEN unvalued THEN 'UNVALUED' ELSE 'EXACT' END,
    floor(random() * 30)::int, floor(random() * 200)::int, CASE WHEN random() < 0.2 THEN floor(random() * 300)::int END,
    (ARRAY['慰问一线职工', '发放米面油', '困难职工生活救助', '高温慰问建筑工地', '学生助学金', '环卫工人早餐'])[1 + floor(random() * 6)::int]
      || ' ' || n,
    status, CASE WHEN status = 'APPROVED' THEN 1 ELSE 0 END, 3, author, author, author,
    CASE WHEN status <> 'DRAFT' THEN now() END, CASE WHEN status = 'APPROVED' THEN now() END
  FROM (
    SELECT n, o.id AS organisation_id, o.prefecture_id, o.county_id, y.year AS fiscal_year, p.id AS programme_id, p.default_aid_category_id,
      p.default_recipient_kind_id, p.allowed_forms, random() < 0.02 AS unvalued, a.id AS author,
      CASE WHEN random() < 0.85 THEN make_date(y.year,
        CASE WHEN cardinality(p.season_months) > 0 AND random() < 0.95
          THEN p.season_months[1 + floor(random() * cardinality(p.season_months))::int]
          ELSE 1 + floor(random() * 12)::int END, 1 + floor(random() * 28)::int) END AS paid_on,
      CASE WHEN r.s < CASE WHEN y.at = $5 - 1 THEN 0.88 ELSE 0.99 END THEN 'APPROVED' WHEN r.s >= 0.99 THEN 'VOIDED'
        WHEN r.s < 0.94 THEN 'SUBMITTED' WHEN r.s < 0.98 THEN 'DRAFT' ELSE 'RETURNED' END AS status
    FROM generate_series($1::int, $2::int) AS n
    CROSS JOIN LATERAL (SELECT random() AS s, floor(random() * $3)::int AS o, floor(random() * $4)::int AS p,
      floor(random() * $5)::int AS y WHERE n > 0) r
    JOIN (SELECT g.id, w.prefecture_id, w.county_id, row_number() OVER (ORDER BY g.kind = 'COUNTY' DESC, g.code) - 1 AS at
      FROM organisations g CROSS JOIN LATERAL guard.place_of(g.id) w) o ON o.at = r.o
    JOIN (SELECT *, row_number() OVER (ORDER BY sort_order) - 1 AS at FROM programmes) p ON p.at = r.p
    JOIN (SELECT ${FIRST_YEAR} + generate_series(0, $5::int - 1) AS year, generate_series(0, $5::int - 1) AS at) y ON y.at = r.y
    CROSS JOIN (SELECT id FROM users WHERE username = 'bench.clerk.0') a
  ) x`;

/** One source for most, two for every fourth; the shares sum to the amount as the laws want it. */
const INSERT_SHARES = `
  INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
  SELECT d.id, d.organisation_id, f.id, CASE WHEN d.id % 4 = 0
    THEN CASE k.n WHEN 0 THEN d.amount_fen / 3 ELSE d.amount_fen - d.amount_fen / 3 END ELSE d.amount_fen END
  FROM disbursements d CROSS JOIN generate_series(0, 1) AS k(n)
  JOIN (SELECT id, row_number() OVER (ORDER BY sort_order) - 1 AS at FROM fund_sources WHERE NOT earmarked) f
    ON f.at = (d.programme_id + k.n * 3) % 8
  WHERE d.id BETWEEN $1 AND $2 AND (k.n = 0 OR d.id % 4 = 0)`;

/** The steps of what waits or came back, as the queue and the workbench read them; of approved records nothing does. */
const INSERT_STEPS = `
  INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, reason_code, round)
  SELECT d.id, d.organisation_id, s.action, d.created_by, now(), s.reason, 1
  FROM disbursements d
  JOIN (VALUES ('SUBMIT', NULL), ('RETURN', 'amount-wrong')) AS s (action, reason)
    ON s.action = 'SUBMIT' OR d.status = 'RETURNED'
  WHERE d.id BETWEEN $1 AND $2 AND d.status IN ('SUBMITTED', 'RETURNED')`;

/** What only makes reading quick is made when all is there: a random order of ten million keys is for no cache. */
const INDEXES = `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
  WHERE i.indrelid = ANY ('{disbursements,disbursement_shares,approval_steps,audit_entries,ledger_entries,record_moves}'::regclass[]) AND NOT i.indisunique`;

async function insertAll(client: pg.Client, rows: number): Promise<void> {
  await client.query("SELECT setseed(0.2024)");
  await client.query(
    "INSERT INTO years (year) SELECT generate_series($1::int, $2::int) ON CONFLICT DO NOTHING",
    [FIRST_YEAR, FIRST_YEAR + YEARS - 1],
  );
  const { rows: sizes } = await client.query<{ o: number; p: number }>(
    "SELECT (SELECT count(*)::int FROM organisations) AS o, (SELECT count(*)::int FROM programmes) AS p",
  );
  const size = sizes[0] as { o: number; p: number };
  const step = 100_000;
  for (let from = 1; from <= rows; from += step) {
    const to = Math.min(rows, from + step - 1);
    await client.query(INSERT_RECORDS, [from, to, size.o, size.p, YEARS]);
    await client.query(INSERT_SHARES, [from, to]);
    await client.query(INSERT_STEPS, [from, to]);
  }
}

async function fill(client: pg.Client, rows: number): Promise<void> {
  let since = performance.now();
  const told = (what: string) => {
    console.log(`  ${what}: ${((performance.now() - since) / 1000).toFixed(0)} s`);
    since = performance.now();
  };
  await client.query("SET session_replication_role = replica");
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query("SET work_mem = '128MB'");
  const { rows: indexes } = await client.query<{ name: string; made: string }>(INDEXES);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await insertAll(client, rows);
  told("records");
  await insertHistory(client, FIRST_YEAR);
  told("history");
  for (const { made } of indexes) await client.query(made);
  told("indexes");
  await client.query("SET session_replication_role = DEFAULT");
  await client.query("SELECT guard.rebuild_figures()");
  told("figures");
  await client.query("SELECT guard.enter_earlier_rows()");
  told("entries");
  await client.query("VACUUM ANALYZE");
  told("statistics");
}

/** Said of a database when it is: one whose filling was cut short is made anew. */
const WHOLE = "filled, with its history";

/** What a database is filled with, on top of the reference data. */
type Filling = (client: pg.Client) => Promise<void>;

/** A database of its own beside the project's, migrated and filled; kept between runs unless `fresh`. Answers the seconds it took. */
export async function prepare(
  database: BenchDatabase,
  fresh: boolean,
  filling: Filling = (client) => fill(client, database.rows),
): Promise<number> {
  const started = performance.now();
  const admin = inDatabase(database.ownerUrl, "postgres");
  const exists = await withClient(admin, async (client) => {
    const found = await client.query(
      "SELECT FROM pg_database WHERE datname = $1 AND shobj_description(oid, 'pg_database') = $2",
      [database.name, WHOLE],
    );
    if (found.rowCount !== 0 && !fresh) return true;
    await client.query(`DROP DATABASE IF EXISTS ${database.name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${database.name}`);
    return false;
  });
  execFileSync(process.execPath, ["scripts/migrate.mjs"], {
    env: { ...process.env, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl },
    stdio: "ignore",
  });
  await withClient(database.ownerUrl, async (client) => {
    if (!exists) await seedReference(client);
    await insertPeople(client);
    if (exists) return;
    await filling(client);
    await client.query(`COMMENT ON DATABASE ${database.name} IS '${WHOLE}'`);
  });
  return (performance.now() - started) / 1000;
}
