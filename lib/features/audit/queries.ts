import "server-only";
import { countedOf, resolveStamped } from "@/lib/features/filter/queries";
import { namesOf } from "@/lib/features/reference/present";
import { getReference, requireOrganisation } from "@/lib/features/reference/queries";
import { AppError } from "@/lib/kernel/app-error";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import { COUNTED_AT_MOST } from "@/lib/kernel/audit-actions";
import { csvLine } from "@/lib/kernel/csv";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { clockTime } from "@/lib/kernel/written";
import { emptySql, joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { byteStream, encodedLines } from "@/lib/platform/spreadsheet";
import { voucherNumber } from "@/lib/platform/voucher-sql";
import { auditSayings, tellingWords } from "@/lib/platform/audit-words";
import { RECORD_SUBJECTS, recordIdOf, rootOf } from "./rules";
import { sentenceFor, wordsFor } from "./labels";
import { factsOf, RECORD_FIELDS } from "./present";
import { figureAsked, type AuditEntry, type AuditFilter, type AuditPage, type AuditQuery } from "./schema"; // prettier-ignore

type Row = {
  position: bigint;
  at: string;
  actor: AuditEntry["actor"];
  action: string;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  organisation: string | null;
  records: AuditEntry["records"] | null;
  body: AuditEntry["body"];
  hash: string;
};

type Asking = { db: Reader; scope: Scope; actor: Actor };

const atProvince = (actor: Actor): boolean =>
  actor.memberships.some(
    (m) => m.kind === "PROVINCE" && (m.role === "AUDITOR" || m.role === "PROVINCE"),
  );
const rootIdOf = ({ memberships: [first] }: Actor) => (first ? rootOf(first.path) : null);

/** The same rule as the policy read_history, stated once more where the query is written. */
function readable(actor: Actor, scope: Scope): Sql {
  const root = rootIdOf(actor);
  const whole = atProvince(actor);
  const ofRecords = sql`a.subject_type = ANY (${[...RECORD_SUBJECTS]})
    AND ${within(sql`a.organisation_id`, scope)}`;
  // the closing of a year tells its sums
  const ofOthers = sql`a.subject_type <> ALL (${[...RECORD_SUBJECTS]})
    ${whole ? emptySql : sql`AND a.action <> 'year.close'`}`;
  return whole || hasRole(actor, ["ADMIN"])
    ? sql`a.root_id = ${root} AND ((${ofRecords}) OR (${ofOthers}))`
    : sql`a.root_id = ${root} AND (${ofRecords})`;
}

/** Up to here the records of a figure are named one by one, and their entries found by the index of subjects. */
const NAMED_AT_MOST = 2_000;

/**
 * Over `a`: entries of the records that stand in a figure. Of few records, by their numbers; of many, the chain is
 * read from the newest on, each entry held against the numbers of the records, so that a page ends where it is full.
 */
async function ofFigure({ db, scope }: Omit<Asking, "actor">, text: string): Promise<Sql[]> {
  const filter = figureAsked(text);
  if (!filter) throw new AppError("VALIDATION", { fieldErrors: { figure: [{ key: "invalid" }] } });
  const resolved = await resolveStamped({ db, scope, filter });
  const counted = countedOf(resolved);
  const then = resolved.at ? [sql`a.position <= ${wholeSql(resolved.at.seq)}`] : [];
  const few = await db.rows<{ id: string }>(sql`
    SELECT d.id::text AS id FROM disbursements d WHERE ${counted} LIMIT ${NAMED_AT_MOST + 1}`);
  if (few.length <= NAMED_AT_MOST)
    return [
      sql`a.subject_type = 'disbursement' AND a.subject_id = ANY (${few.map(({ id }) => id)}::text[])`,
      ...then,
    ];
  // IS TRUE: not made a join of, which would read the whole chain; the numbers of a million records take 40 MB
  await db.rows(sql`SELECT set_config('work_mem', '64MB', true)`);
  return [
    sql`(CASE a.subject_type WHEN 'disbursement' THEN a.subject_id::bigint END
      IN (SELECT d.id FROM disbursements d WHERE ${counted})) IS TRUE`,
    ...then,
  ];
}

async function conditions(asking: Omit<Asking, "actor">, filter: AuditFilter): Promise<Sql[]> {
  const { figure, subjectType, subjectId, record, org, action, actor, from, to } = filter;
  return [
    record ? sql`a.subject_type = 'disbursement' AND a.subject_id = ${recordIdOf(record)}` : null,
    subjectType ? sql`a.subject_type = ${subjectType}` : null,
    subjectId ? sql`a.subject_id = ${subjectId}` : null,
    org
      ? sql`a.organisation_id IN (SELECT o.id FROM organisations o JOIN organisations top
            ON top.code = ${org} AND starts_with(o.path, top.path))`
      : null,
    action ? sql`(a.action = ${action} OR starts_with(a.action, ${`${action}.`}))` : null,
    actor ? sql`a.actor_id = (SELECT id FROM users WHERE username = ${actor})` : null,
    // days are China's, whatever the server's clock says
    from ? sql`a.at >= (${from}::date)::timestamp AT TIME ZONE 'Asia/Shanghai'` : null,
    to ? sql`a.at < (${to}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'` : null,
    ...(figure ? await ofFigure(asking, figure) : []),
  ].filter((condition) => condition !== null);
}

const entryOf = (row: Row): AuditEntry => ({
  id: String(row.position),
  at: row.at,
  actor: row.actor,
  action: row.action,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  organisation: row.organisation,
  records: row.records ?? {},
  body: row.body,
  hash: row.hash,
});

const AT = sql`to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The number on the voucher of `d`. */
const REFERENCE = voucherNumber(
  sql`SELECT place.code FROM organisations place WHERE place.id = d.organisation_id`,
  sql`d`,
);

/** The number on a record's voucher; of an account its name. */
const SUBJECT_NAME = sql`CASE a.subject_type
  WHEN 'user' THEN (SELECT s.username FROM users s WHERE s.id::text = a.subject_id)
  WHEN 'disbursement' THEN (SELECT ${REFERENCE} FROM disbursements d WHERE d.id = a.subject_id::bigint) END`;

/** Of a correction's entries: those of the other records that they name. */
const RECORDS = sql`CASE WHEN a.action IN ('disbursement.adjust', 'disbursement.create') THEN (
  SELECT json_object_agg(d.id, ${REFERENCE}) FROM disbursements d WHERE d.id = ANY (ARRAY[
    ${joinSql(
      RECORD_FIELDS.map((field) => sql`a.body::json ->> ${field}`),
      ", ",
    )}]::bigint[])) END`;

const entriesWhere = (condition: Sql): Sql => sql`
  SELECT a.position, ${AT} AS at,
    CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'username', u.username,
      'nameZh', u.name_zh, 'nameEn', u.name_en) END AS actor,
    a.action, a.subject_type, a.subject_id, ${SUBJECT_NAME} AS subject_name, o.code AS organisation,
    ${RECORDS} AS records, a.body::json AS body, a.hash::text
  FROM audit_entries a
  LEFT JOIN users u ON u.id = a.actor_id
  LEFT JOIN organisations o ON o.id = a.organisation_id
  WHERE ${condition}`;

/** Where the chain ends now; null for those who do not read the whole of it. */
async function chainHead({ db, actor }: Omit<Asking, "scope">): Promise<AuditPage["head"]> {
  if (!atProvince(actor)) return null;
  const [head] = await db.rows<{ position: string; at: string; hash: string }>(sql`
    SELECT a.position::text AS position, ${AT} AS at, a.hash::text AS hash FROM audit_entries a
    WHERE a.root_id = ${rootIdOf(actor)} ORDER BY a.position DESC LIMIT 1`);
  return head ?? null;
}

export async function listAuditEntries(input: Asking & { query: AuditQuery }): Promise<AuditPage> {
  const { db, scope, actor, query } = input;
  const { cursor, limit, ...filter } = query;
  await requireOrganisation(db, filter.org);
  const found = joinSql(
    [readable(actor, scope), ...(await conditions({ db, scope }, filter))],
    " AND ",
  );
  const after = cursor ? sql`AND a.position < ${cursor}::bigint` : emptySql;
  const rows = await db.rows<Row>(
    sql`${entriesWhere(sql`${found} ${after}`)} ORDER BY a.position DESC LIMIT ${limit + 1}`,
  );
  const [counted] = await db.rows<{ total: number }>(sql`
    SELECT count(*)::int AS total FROM (
      SELECT FROM audit_entries a WHERE ${found} LIMIT ${COUNTED_AT_MOST + 1}) AS found`);
  const page = rows.slice(0, limit);
  return {
    items: page.map(entryOf),
    nextCursor: rows.length > limit ? String(page.at(-1)?.position) : null,
    total: counted?.total ?? 0,
    head: await chainHead({ db, actor }),
  };
}

/** Every entry of the filter from the oldest on, some hundreds at a time. */
async function* eachAuditEntry(
  input: Asking & { filter: AuditFilter },
): AsyncGenerator<AuditEntry[]> {
  const { db, scope, actor, filter } = input;
  await requireOrganisation(db, filter.org);
  const found = joinSql(
    [readable(actor, scope), ...(await conditions({ db, scope }, filter))],
    " AND ",
  );
  for (let last = 0n; ;) {
    const rows = await db.rows<Row>(sql`
      ${entriesWhere(sql`${found} AND a.position > ${last}`)} ORDER BY a.position LIMIT 500`);
    const end = rows.at(-1);
    if (!end) return;
    yield rows.map(entryOf);
    last = end.position;
  }
}

type FileAsked = Asking & { locale: Locale; now: Date; query: AuditFilter };

/** The entries as csv: what the page says in words, and beside it what the chain keeps, with its hash. */
async function* auditLines(asked: FileAsked, head: string[][]): AsyncGenerator<string> {
  const { db, locale, query: filter } = asked;
  const words = tellingWords(locale);
  const say = auditSayings(locale);
  const told = wordsFor(words, namesOf(await getReference({ db }), locale), locale);
  for (const cells of head) yield csvLine(cells);
  for await (const entries of eachAuditEntry({ ...asked, filter }))
    for (const entry of entries) {
      const facts = factsOf(entry, told).map(({ field, before, after }) =>
        before === null ? `${field} ${after}` : `${field} ${before} → ${after}`,
      );
      yield csvLine([
        entry.id,
        clockTime(entry.at),
        entry.actor?.username ?? words.audit.system,
        sentenceFor(entry, say),
        entry.organisation,
        facts.join(told.separator),
        JSON.stringify(entry.body),
        entry.hash,
      ]);
    }
}

/** For whoever reads the history of others; with the head of the chain above, as it stood before this export. */
export async function getAuditFile(input: FileAsked) {
  const { db, actor, locale, now, query } = input;
  if (!hasRole(actor, ["AUDITOR", "PROVINCE"])) throw new AppError("FORBIDDEN");
  // a slow line may take long over one batch; the snapshot waits two minutes for it
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '120000', true)`);
  const { title, number, time, who, what, where, details, body, hash } = tellingWords(locale).audit;
  const chain = await chainHead({ db, actor });
  const head = [
    [title, clockTime(now.toISOString())],
    ...(chain ? [[number, chain.position, hash, chain.hash]] : []),
    [number, time, who, what, where, details, body, hash],
  ];
  const name = `${title}_${clockTime(now.toISOString()).slice(0, 10)}.csv`;
  const [home] = [...actor.memberships].sort((a, b) => a.path.length - b.path.length);
  const filter = JSON.parse(JSON.stringify(query)) as Record<string, string>;
  return {
    name,
    type: FILE_TYPES.csv,
    body: byteStream(encodedLines(auditLines(input, head))),
    record: {
      name,
      organisationId: home?.organisationId ?? null,
      body: { kind: "audit", filter, position: chain?.position ?? null },
    },
  };
}
