import "server-only";
import { resolveFilter } from "@/lib/features/filter/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { readIdNumber, seriesOf, type IdKind } from "@/lib/kernel/id-number";
import { maskedName } from "@/lib/kernel/person-name";
import { boundName, type SealedTable } from "@/lib/kernel/sealed-table";
import type { Scope } from "@/lib/kernel/scope";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { digestsOf, open, SealError, type Sealed } from "@/lib/platform/sealing";
import { FILE_ROLES, mayReadFiles, mayWriteFile, sightOf } from "./policy";
import { maskedAddress, maskedDetails, maskedEvent, maskedMember } from "./present";
import { consentsOf, HOUSEHOLD_EVENTS, HOUSEHOLD_MEMBERS, HOUSEHOLDS, isReviewDue, nameParts, takes } from "./rules"; // prettier-ignore
import type {
  FindHouseholdsInput,
  Household,
  HouseholdCounts,
  HouseholdEvent,
  HouseholdMember,
  HouseholdPage,
  HouseholdRow,
  HouseholdsQuery,
  HouseholdSums,
  HouseholdSumsQuery,
} from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor; today: CivilDate };

/** The first wall: within the scope, where this reader is clerk or reviewer, and not limited. The policies ask the closure. */
function reached({ actor, scope }: Pick<Asking, "actor" | "scope">): Sql {
  const roles: readonly string[] = FILE_ROLES;
  const paths = actor.memberships.filter(({ role }) => roles.includes(role)).map((m) => m.path);
  return sql`h.limited_at IS NULL AND ${within(sql`h.organisation_id`, scope)} AND h.organisation_id IN (
    SELECT w.id FROM organisations w JOIN unnest(${paths}::text[]) AS home (path) ON w.path ^@ home.path)`;
}

type Stored = Omit<HouseholdRow, "reviewDue" | "holder"> & {
  holderId: string;
  holderName: Sealed<"name"> | null;
};

/** bytea comes as the text by which it was written. */
const ROW = sql`h.id::text AS id, h.version, o.code AS organisation, h.code, lower(h.kind) AS kind,
  replace(lower(h.level), '_', '-') AS level, replace(lower(h.cause), '_', '-') AS cause, lower(h.status) AS status,
  lower(h.tier) AS tier, h.tier_year AS "tierYear", h.filed_on::text AS "filedOn", h.follow_up_on::text AS "followUpOn", h.forgotten_at IS NOT NULL AS forgotten`;
const IN_LIST = sql`${ROW}, m.id::text AS "holderId", m.name::text AS "holderName",
    (SELECT count(*)::int FROM household_members x WHERE x.household_id = h.id) AS members
  FROM households h JOIN organisations o ON o.id = h.organisation_id
  JOIN household_members m ON m.household_id = h.id AND m.no = 1`;

/** Null where no key at hand opens it. */
function opened(of: SealedTable, column: string, row: string, sealed: string | null) {
  if (sealed === null) return null;
  try {
    const place = { table: of.table, column: boundName(column), row };
    return open(sealed as Sealed<string>, place);
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
}

function toRow({ holderId, holderName, ...row }: Stored, year: number): HouseholdRow {
  const holder = opened(HOUSEHOLD_MEMBERS, "name", holderId, holderName);
  return {
    ...row,
    reviewDue: isReviewDue(row, year),
    holder: typeof holder === "string" ? maskedName(holder) : null,
  };
}

const upper = (words: readonly string[]) => words.map((word) => word.replace("-", "_").toUpperCase()); // prettier-ignore

/** A page begins behind the file that the one before ended with. */
const after = (cursor: string | undefined): Sql =>
  cursor === undefined
    ? sql`true`
    : sql`(h.code, h.id) > (SELECT x.code, x.id FROM households x WHERE x.id = ${cursor}::uuid)`;

function requireReader({ actor }: Pick<Asking, "actor">) {
  if (!mayReadFiles(actor)) throw new AppError("FORBIDDEN");
}

/** By code, a page at a time. */
export async function listHouseholds(
  asking: Asking & { query: HouseholdsQuery },
): Promise<HouseholdPage> {
  requireReader(asking);
  const { db, scope, today, query } = asking;
  const { org, status, tier, cause, due, cursor, limit } = query;
  const year = yearOf(today);
  const place = org === undefined ? null : await resolveFilter({ db, scope, filter: { org } });
  const conditions = [
    reached(asking),
    after(cursor),
    ...(place ? [within(sql`h.organisation_id`, place)] : []),
    ...(status?.length ? [sql`h.status = ANY (${upper(status)}::text[])`] : []),
    ...(tier?.length ? [sql`h.tier = ANY (${upper(tier)}::text[])`] : []),
    ...(cause?.length ? [sql`h.cause = ANY (${upper(cause)}::text[])`] : []),
    ...(due === "review" ? [sql`h.status IN ('OPEN', 'RETURNED') AND h.tier_year < ${year}`] : []),
    ...(due === "follow-up"
      ? [sql`h.follow_up_on <= ${today}::date AND h.forgotten_at IS NULL`]
      : []),
  ];
  const rows = await db.rows<Stored>(sql`SELECT ${IN_LIST} WHERE ${joinSql(conditions, " AND ")}
    ORDER BY h.code, h.id LIMIT ${limit + 1}`);
  const items = rows.slice(0, limit).map((row) => toRow(row, year));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit ? (last?.id ?? null) : null };
}

const MOST_FOUND = 20;

async function byNumber({ db, today }: Asking, typed: string): Promise<Sql> {
  const { id, fault } = readIdNumber(typed, null, today);
  // what is wrong in a number is said of lines: here there is none
  if (fault) throw new AppError("VALIDATION", { fieldErrors: { idNumber: [{ key: "idNumber" }] } });
  const digests = digestsOf("identity", seriesOf(id.kind), id.number).map(({ digest }) => digest);
  const held = await db.rows<{ id: string }>(
    sql`SELECT household_id::text AS id FROM guard.households_of(${digests}::text[])`,
  );
  return sql`h.id = ANY (${held.map((one) => one.id)}::uuid[])`;
}

/** Of each organisation that has files here, under each key at hand. */
async function byName(asking: Asking, name: string): Promise<Sql> {
  const places = await asking.db.rows<{ id: number }>(
    sql`SELECT DISTINCT h.organisation_id AS id FROM households h WHERE ${reached(asking)}`,
  );
  const digests = places.flatMap(({ id }) => {
    const [what = "", ...parts] = nameParts(id, name);
    return digestsOf(what, ...parts).map(({ digest }) => `\\x${digest}`);
  });
  return sql`h.id IN (
    SELECT x.household_id FROM household_members x WHERE x.name_digest = ANY (${digests}::bytea[]))`;
}

/** Twenty at most, by exactly one of code, number and whole name; of files elsewhere nothing. */
export async function findHouseholds(
  asking: Asking & { input: FindHouseholdsInput },
): Promise<HouseholdPage> {
  requireReader(asking);
  const { db, input, today } = asking;
  const given = [input.code, input.idNumber, input.name].filter((text) => text?.trim());
  if (given.length !== 1)
    throw new AppError("VALIDATION", { fieldErrors: { code: [{ key: "required" }] } });
  const found = input.code?.trim()
    ? sql`h.code = ${input.code.trim()}`
    : input.idNumber?.trim()
      ? await byNumber(asking, input.idNumber)
      : await byName(asking, input.name ?? "");
  const rows = await db.rows<Stored>(sql`SELECT ${IN_LIST} WHERE ${reached(asking)} AND ${found}
    ORDER BY h.code, h.id LIMIT ${MOST_FOUND + 1}`);
  const items = rows.slice(0, MOST_FOUND).map((row) => toRow(row, yearOf(today)));
  return { items, nextCursor: null };
}

type Texts<F extends string> = { [K in F]: string | null };

/** The sealed fields of a row, opened; `unreadable` where one of them is not. */
function openAll<F extends string>(
  of: SealedTable,
  row: { id: string } & Texts<F>,
  fields: readonly F[],
) {
  let unreadable = false;
  const texts = fields.map((field) => {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const text = opened(of, column, row.id, row[field]);
    if (text instanceof SealError) unreadable = true;
    return [field, text instanceof SealError ? null : text];
  });
  return { ...(Object.fromEntries(texts) as Texts<F>), unreadable };
}

const MEMBER_TEXTS = [
  "name",
  "idNumber",
  "born",
  "sex",
  "phone",
  "health",
  "workplace",
  "details",
] as const;
type StoredMember = { id: string; file: string; no: number; relation: string; idKind: string | null } & Texts<(typeof MEMBER_TEXTS)[number]>; // prettier-ignore

async function membersOf(
  db: Reader,
  files: readonly string[],
): Promise<Map<string, HouseholdMember[]>> {
  const rows = await db.rows<StoredMember>(sql`
    SELECT m.id::text AS id, m.household_id::text AS file, m.no, lower(m.relation) AS relation, lower(m.id_kind) AS "idKind", m.name::text AS name,
      m.id_number::text AS "idNumber", m.born::text AS born, m.sex::text AS sex, m.phone::text AS phone,
      m.health::text AS health, m.workplace::text AS workplace, m.details::text AS details
    FROM household_members m WHERE m.household_id = ANY (${files}::uuid[]) ORDER BY m.household_id, m.no`);
  const found = new Map<string, HouseholdMember[]>();
  for (const row of rows) {
    const { file, no, relation, idKind } = row;
    const { sex, details, ...texts } = openAll(HOUSEHOLD_MEMBERS, row, MEMBER_TEXTS);
    const member = {
      ...{ no, ...texts },
      relation: relation as HouseholdMember["relation"],
      idKind: idKind as IdKind | null,
      sex: sex as HouseholdMember["sex"],
      details: details === null ? null : (JSON.parse(details) as HouseholdMember["details"]),
    };
    found.set(file, [...(found.get(file) ?? []), member]);
  }
  return found;
}

const EVENT_TEXTS = ["visitors", "note"] as const;
type StoredEvent = Omit<HouseholdEvent, "at"> & { id: string; at: Date };

async function eventsIn(db: Reader, id: string): Promise<HouseholdEvent[]> {
  const rows = await db.rows<StoredEvent>(sql`
    SELECT e.id::text AS id, e.no, replace(lower(e.kind), '_', '-') AS kind, e.happened_on::text AS on, e.year,
      lower(e.tier) AS tier, replace(lower(e.reason), '_', '-') AS reason, replace(lower(e.consent), '_', '-') AS consent,
      e.due_on::text AS "dueOn", e.visitors::text AS visitors, e.note::text AS note, e.created_at AS at,
      (SELECT json_build_object('nameZh', u.name_zh, 'nameEn', u.name_en) FROM users u WHERE u.id = e.created_by) AS by
    FROM household_events e WHERE e.household_id = ${id}::uuid ORDER BY e.no`);
  return rows.map(({ id: row, at, ...event }) => {
    const { unreadable: _, ...texts } = openAll(
      HOUSEHOLD_EVENTS,
      { id: row, ...event },
      EVENT_TEXTS,
    );
    return { ...event, ...texts, at: at.toISOString() };
  });
}

export type HouseholdRecord = Omit<HouseholdRow, "reviewDue" | "holder" | "members"> & {
  organisationId: number;
  organisationPath: string;
  otherCauses: Household["otherCauses"];
  origin: Household["origin"];
  address: string | null;
  details: string | null;
};

const RECORD = sql`${ROW}, h.organisation_id AS "organisationId", o.path AS "organisationPath", lower(h.origin) AS origin,
    ARRAY(SELECT replace(lower(c), '_', '-') FROM unnest(h.other_causes) WITH ORDINALITY AS u (c, n) ORDER BY n) AS "otherCauses",
    h.address::text AS address, h.details::text AS details
  FROM households h JOIN organisations o ON o.id = h.organisation_id`;

/** Absent and out of reach are the same answer; whoever reads no file at all is told so. */
export async function findHousehold(
  asking: Omit<Asking, "today"> & { id: string },
): Promise<HouseholdRecord> {
  requireReader(asking);
  const [row] = await asking.db.rows<HouseholdRecord>(sql`
    SELECT ${RECORD} WHERE h.id = ${asking.id}::uuid AND ${reached(asking)}`);
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

/** What is sealed of the home itself. */
function openHome(record: HouseholdRecord) {
  const { details, ...home } = openAll(HOUSEHOLDS, record, ["address", "details"]);
  return { ...home, details: details === null ? null : (JSON.parse(details) as Household["details"]) }; // prettier-ignore
}

/** The whole file, nothing masked: for whoever decides what of it is shown. */
export async function openHousehold(db: Reader, record: HouseholdRecord) {
  const members = (await membersOf(db, [record.id])).get(record.id) ?? [];
  const events = await eventsIn(db, record.id);
  const { address, details, unreadable } = openHome(record);
  return {
    ...{ members, events, address, details },
    unreadable: unreadable || members.some((member) => member.unreadable),
  };
}

/** Files of a place that are in use, opened, by code: for whoever may take them away. One more than `most` where there are. */
export async function openedFiles(
  asking: Omit<Asking, "today"> & { org: string; most: number },
): Promise<
  (Omit<HouseholdRecord, "details"> & Pick<Household, "details" | "members" | "unreadable">)[]
> {
  const { db, scope, org, most } = asking;
  const place = await resolveFilter({ db, scope, filter: { org } });
  const records = await db.rows<HouseholdRecord>(sql`
    SELECT ${RECORD} WHERE ${reached(asking)} AND ${within(sql`h.organisation_id`, place)}
      AND h.status <> 'CLOSED' AND h.forgotten_at IS NULL ORDER BY h.code, h.id LIMIT ${most + 1}`);
  const members = await membersOf(
    db,
    records.map(({ id }) => id),
  );
  return records.map((record) => {
    const { address, details, unreadable } = openHome(record);
    const own = members.get(record.id) ?? [];
    return {
      ...{ ...record, address, details, members: own },
      unreadable: unreadable || own.some((member) => member.unreadable),
    };
  });
}

/** A file as this reader sees it. */
export async function householdOf(
  { db, actor, today }: Omit<Asking, "scope">,
  record: HouseholdRecord,
): Promise<Household> {
  const sight = sightOf(actor, record);
  if (sight === null) throw new AppError("NOT_FOUND");
  const { organisationId: _, organisationPath: __, details: ___, ...row } = record;
  const { members, events, address, details, unreadable } = await openHousehold(db, record);
  const editable = mayWriteFile(actor, record);
  const isMasked = sight === "masked";
  return {
    ...{ ...row, sight, editable, unreadable },
    reviewDue: isReviewDue(row, yearOf(today)),
    takes: editable ? [...takes(row.status)] : [],
    address: isMasked ? maskedAddress(address) : address,
    details: isMasked ? maskedDetails(details) : details,
    members: isMasked ? members.map(maskedMember) : members,
    events: isMasked ? events.map(maskedEvent) : events,
    consents: consentsOf(events, today),
  };
}

export const getHousehold = async (asking: Asking & { id: string }): Promise<Household> =>
  householdOf(asking, await findHousehold(asking));

const NOTHING: HouseholdCounts = {
  ...{ households: 0, people: 0, open: 0, lifted: 0, returned: 0, closed: 0 },
  ...{ deep: 0, relative: 0, accident: 0, unstated: 0 },
};

/** Sums to whoever reads there; the function counts where the session reads, this asks where the reader's scope lies. */
export async function householdSums({
  db,
  scope,
  query,
}: Pick<Asking, "db" | "scope"> & { query: HouseholdSumsQuery }): Promise<HouseholdSums> {
  const { year, org, by } = query;
  const place = org === undefined ? scope : await resolveFilter({ db, scope, filter: { org } });
  const key = by === "cause" ? sql`replace(lower(s.cause), '_', '-')` : sql`o.code`;
  const held = sql`s.status IN ('OPEN', 'RETURNED')`;
  const when = (condition: Sql) =>
    sql`coalesce(sum(s.households) FILTER (WHERE ${condition}), 0)::int`;
  const rows = await db.rows<{ key: string | null } & HouseholdCounts>(sql`
    SELECT ${key} AS key, coalesce(sum(s.households), 0)::int AS households, coalesce(sum(s.people), 0)::int AS people,
      ${when(sql`s.status = 'OPEN'`)} AS open, ${when(sql`s.status = 'LIFTED'`)} AS lifted,
      ${when(sql`s.status = 'RETURNED'`)} AS returned, ${when(sql`s.status = 'CLOSED'`)} AS closed,
      ${when(sql`${held} AND s.tier = 'DEEP'`)} AS deep, ${when(sql`${held} AND s.tier = 'RELATIVE'`)} AS relative,
      ${when(sql`${held} AND s.tier = 'ACCIDENT'`)} AS accident, ${when(sql`${held} AND s.tier IS NULL`)} AS unstated
    FROM guard.household_sums(${year}::int) AS s JOIN organisations o ON o.id = s.organisation_id
    WHERE ${within(sql`s.organisation_id`, place)}
    GROUP BY GROUPING SETS ((${key}), ()) ORDER BY 1 NULLS LAST`);
  const items = rows.flatMap(({ key: code, ...counts }) => (code === null ? [] : [{ key: code, ...counts }])); // prettier-ignore
  const whole = rows.find((row) => row.key === null);
  if (!whole) return { items, total: NOTHING };
  const { key: _, ...total } = whole;
  return { items, total };
}
