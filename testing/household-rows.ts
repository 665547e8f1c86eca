import { randomUUID } from "node:crypto";
import { keysOf } from "@/lib/platform/keys";
import { auditedAs } from "./law-fixture";
import type { Run } from "./laws";

// Household files by hand, as whoever runs it: with what a law forbids in them.
const [KEY, INDEX] = [keysOf("FIELD")[0].id, keysOf("INDEX")[0].id];
export const seal = (key = KEY) => `\\x0101${key}${"00".repeat(60)}`;
const ZERO = `decode(repeat('00', 32), 'hex')`;
/** A new version of a file, and nothing else of it. */
export const bump = async (run: Run, id: string, sets = "") => {
  await run(`UPDATE households SET version = version + 1${sets} WHERE id = $1`, [id]);
  await auditedAs(run, "household.event", id);
};

type EventColumns = {
  kind?: string;
  no?: number;
  on?: string;
  year?: number;
  tier?: string;
  reason?: string;
  due?: string;
  key?: string;
};
export const event = async (run: Run, id: string, more: EventColumns = {}) => {
  const { kind = "VISIT", no = 2, on = "2026-02-02", key = KEY } = more;
  const { year = null, tier = null, reason = null, due = null } = more;
  await run(
    `INSERT INTO household_events (id, household_id, organisation_id, no, kind, happened_on, year, tier, reason, due_on, nonce,
       commitment, key_id, created_by, created_at)
     SELECT $1, h.id, h.organisation_id, $3, $4, $5::date, $6, $7, $8, $9::date, $10, ${ZERO}, $11, guard.session_user_id(), now()
     FROM (SELECT $2::uuid AS id, (SELECT organisation_id FROM households WHERE id = $2::uuid) AS organisation_id) AS h`,
    [randomUUID(), id, no, kind, on, year, tier, reason, due, seal(key), key],
  );
};
/** An edit of the file, and an event with it. */
export const happens = async (run: Run, id: string, more: EventColumns = {}, sets = "") => {
  await bump(run, id, sets);
  await event(run, id, more);
};

export const member = async (
  run: Run,
  id: string,
  {
    no = 2,
    identity = null as string | null,
    index = INDEX,
    relation = "CHILD",
    details = null as string | null,
  } = {},
) => {
  // prettier-ignore
  await run(
    `INSERT INTO household_members (id, household_id, organisation_id, no, relation, name, id_kind, id_number, nonce, commitment,
       identity_id, key_id, name_digest, index_key_id, details)
     SELECT $1, h.id, h.organisation_id, $3, $4, $5, CASE WHEN $6::uuid IS NOT NULL THEN 'RESIDENT' END,
       CASE WHEN $6::uuid IS NOT NULL THEN $5::bytea END, $5, ${ZERO}, $6, $7, ${ZERO}, $8, $9::bytea
     FROM households h WHERE h.id = $2`,
    [randomUUID(), id, no, relation, seal(), identity, KEY, index, details],
  );
};

const insert = async (
  run: Run,
  organisation: string,
  more: { status?: string; filedOn?: string; code?: string } = {},
) => {
  // prettier-ignore
  const { status = "OPEN", filedOn = "2026-01-05", code = "T-1" } = more;
  const id = randomUUID();
  await run(
    `INSERT INTO households (id, organisation_id, code, kind, level, cause, other_causes, status, tier, tier_year, filed_on, nonce,
       commitment, key_id, origin, created_by, created_at, updated_at)
     SELECT $1, o.id, $5, 'URBAN', 'COUNTY', 'ILLNESS', '{}', $3, 'DEEP', 2026, $4::date, $6, ${ZERO}, $7, 'ENTERED',
       guard.session_user_id(), now(), now() FROM organisations o WHERE o.code = $2`,
    [id, organisation, status, filedOn, code, seal(), KEY],
  );
  return id;
};
/** A file with its holder and its first event. */
export const filed = async (
  run: Run,
  organisation: string,
  more: { status?: string; filedOn?: string; code?: string } = {},
) => {
  // prettier-ignore
  const id = await insert(run, organisation, more);
  await member(run, id, { no: 1, relation: "SELF" });
  await event(run, id, {
    kind: "FILED",
    no: 1,
    on: more.filedOn ?? "2026-01-05",
    year: 2026,
    tier: "DEEP",
  });
  await auditedAs(run, "household.create", id);
  return id;
};
/** A file with a holder whom another file holds. */
export const filedWith = async (run: Run, organisation: string, identity: string) => {
  await member(run, await insert(run, organisation, {}), { no: 1, relation: "SELF", identity });
};
