import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/kernel/app-error";
import { seriesOf } from "@/lib/kernel/id-number";
import { boundName, type SealedTable } from "@/lib/kernel/sealed-table";
import { sql, type Tx } from "@/lib/platform/db";
import { commitmentOf, digestsOf, freshNonce, seal } from "@/lib/platform/sealing";
import { asJson } from "@/lib/platform/tables";
import { HOUSEHOLD_EVENTS, HOUSEHOLD_MEMBERS, HOUSEHOLDS, nameParts, type KeptEvent, type Member } from "./rules"; // prettier-ignore
import type { Household, HouseholdRow } from "./types";

const word = (text: string) => text.replace("-", "_").toUpperCase();
const maybeWord = (text: string | null) => (text === null ? null : word(text));

/** A row with its seals, what it commits to and the nonce of that; key_id is read out of the nonce's seal. */
function sealedRow(of: SealedTable, id: string, row: Record<string, unknown>) {
  const nonce = freshNonce();
  const whole: Record<string, unknown> = { ...row, nonce };
  const sealed = of.seals.map((column) => {
    const text = (whole[column] ?? null) as string | null;
    const place = { table: of.table, column: boundName(column), row: id };
    return [column, text === null ? null : seal(text, place)] as const;
  });
  const commitment = `\\x${commitmentOf(nonce, of.commits?.(row) ?? [])}`;
  return { ...row, id, ...Object.fromEntries(sealed), commitment };
}

const KEY = sql`encode(substring(r.nonce FROM 3 FOR 4), 'hex')`;

export type FileHead =
  Pick<Household, "code" | "kind" | "level" | "cause" | "otherCauses" | "address" | "details"> & // prettier-ignore
    Pick<HouseholdRow, "status" | "tier" | "tierYear" | "followUpOn">;

const headRow = (id: string, head: FileHead) =>
  sealedRow(HOUSEHOLDS, id, {
    code: head.code,
    kind: word(head.kind),
    level: word(head.level),
    cause: word(head.cause),
    other_causes: head.otherCauses.map(word),
    status: word(head.status),
    tier: word(head.tier),
    tier_year: head.tierYear,
    follow_up_on: head.followUpOn,
    address: head.address,
    details: head.details && JSON.stringify(head.details),
  });

/** The next codes of an organisation, behind those that others bring: its own code and a number. Whoever files there at once waits. */
export async function nextCodes(
  tx: Tx,
  organisation: { id: number; code: string },
  { count, brought }: { count: number; brought: readonly string[] },
): Promise<string[]> {
  if (count === 0) return [];
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`household ${organisation.id}`}, 0))`,
  );
  const [row] = await tx.rows<{ last: number }>(sql`
    SELECT coalesce(max(substring(x.code FROM ${`^${organisation.code}-([0-9]{1,8})$`})::int), 0) AS last
    FROM (SELECT h.code FROM households h WHERE h.organisation_id = ${organisation.id}
      UNION ALL SELECT unnest(${brought}::text[])) AS x (code)`);
  const last = row?.last ?? 0;
  return Array.from(
    { length: count },
    (_, n) => `${organisation.code}-${String(last + n + 1).padStart(4, "0")}`,
  );
}

export type NewFile = FileHead & OfFile & { filedOn: string; origin: string; by: string };

export async function insertHouseholds(
  tx: Tx,
  files: readonly NewFile[],
  now: Date,
): Promise<void> {
  const rows = files.map((file) => ({
    ...headRow(file.id, file),
    organisation_id: file.organisationId,
    filed_on: file.filedOn,
    origin: word(file.origin),
    created_by: file.by,
  }));
  await tx.run(sql`
    INSERT INTO households (id, organisation_id, code, kind, level, cause, other_causes, status, tier, tier_year, filed_on,
      follow_up_on, nonce, address, details, commitment, key_id, origin, created_by, created_at, updated_at)
    SELECT id, organisation_id, code, kind, level, cause, other_causes, status, tier, tier_year, filed_on, follow_up_on,
      nonce, address, details, commitment, ${KEY}, origin, created_by, ${now}::timestamptz, ${now}::timestamptz
    FROM jsonb_populate_recordset(NULL::households, ${asJson(rows)}::jsonb) AS r`);
}

/** The file's next version, if nobody was faster: what it says of itself. */
export async function updateHousehold(
  tx: Tx,
  { id, version, ...head }: FileHead & { id: string; version: number },
  now: Date,
): Promise<void> {
  const moved = await tx.run(sql`
    UPDATE households h SET code = r.code, kind = r.kind, level = r.level, cause = r.cause, other_causes = r.other_causes,
      nonce = r.nonce, address = r.address, details = r.details, commitment = r.commitment, key_id = ${KEY}, version = h.version + 1,
      updated_at = ${now}::timestamptz
    FROM jsonb_populate_recordset(NULL::households, ${asJson([headRow(id, head)])}::jsonb) AS r
    WHERE h.id = ${id}::uuid AND h.version = ${version}`);
  if (moved === 0) throw new AppError("STALE");
}

/** The same where something happened to it: its seals stay. */
export async function turnHousehold(
  tx: Tx,
  file: Pick<HouseholdRow, "id" | "version" | "status" | "tier" | "tierYear" | "followUpOn">,
  now: Date,
): Promise<void> {
  const moved = await tx.run(sql`
    UPDATE households SET status = ${word(file.status)}, tier = ${word(file.tier)}, tier_year = ${file.tierYear},
      follow_up_on = ${file.followUpOn}::date, version = version + 1, updated_at = ${now}::timestamptz
    WHERE id = ${file.id}::uuid AND version = ${file.version}`);
  if (moved === 0) throw new AppError("STALE");
}

/** By which each is known: a random id behind a keyed digest. By their places in all of them. */
async function identitiesOf(tx: Tx, members: readonly Member[]): Promise<Map<number, string>> {
  const documents = members.flatMap(({ document }, n) =>
    document
      ? [{ n, digests: digestsOf("identity", seriesOf(document.kind), document.number) }]
      : [],
  );
  if (documents.length === 0) return new Map();
  const found = await tx.rows<{ n: number; identity: string }>(sql`
    SELECT n, identity_id::text AS identity FROM guard.identities_of(${JSON.stringify(documents)}::jsonb)`);
  return new Map(found.map(({ n, identity }) => [n, identity]));
}

type OfFile = { id: string; organisationId: number };

/** Of each file in their order: the holder first. */
export async function insertMembers(
  tx: Tx,
  files: readonly (OfFile & { members: readonly Member[] })[],
): Promise<void> {
  const all = files.flatMap(({ id, organisationId, members }) =>
    members.map((member, n) => ({ file: id, organisationId, no: n + 1, member })),
  );
  const identities = await identitiesOf(
    tx,
    all.map(({ member }) => member),
  );
  const rows = all.map(
    ({ file, organisationId, no, member: { document, relation, ...member } }, n) => {
      const [what = "", ...parts] = nameParts(organisationId, member.name);
      const [digest] = digestsOf(what, ...parts);
      return {
        ...sealedRow(HOUSEHOLD_MEMBERS, randomUUID(), {
          ...member,
          details: member.details && JSON.stringify(member.details),
          no,
          relation: word(relation),
          id_kind: document?.kind.toUpperCase() ?? null,
          id_number: document?.number ?? null,
        }),
        household_id: file,
        organisation_id: organisationId,
        identity_id: identities.get(n) ?? null,
        name_digest: `\\x${digest?.digest}`,
        index_key_id: digest?.keyId,
      };
    },
  );
  await tx.run(sql`
    INSERT INTO household_members (id, household_id, organisation_id, no, relation, name, id_kind, id_number, born, sex,
      phone, health, workplace, details, nonce, commitment, identity_id, key_id, name_digest, index_key_id)
    SELECT id, household_id, organisation_id, no, relation, name, id_kind, id_number, born, sex, phone, health, workplace,
      details, nonce, commitment, identity_id, ${KEY}, name_digest, index_key_id
    FROM jsonb_populate_recordset(NULL::household_members, ${asJson(rows)}::jsonb) AS r`);
}

/** Takes away who stood there and writes these. */
export async function replaceMembers(
  tx: Tx,
  file: OfFile,
  members: readonly Member[],
): Promise<void> {
  await tx.run(sql`DELETE FROM household_members WHERE household_id = ${file.id}::uuid`);
  await insertMembers(tx, [{ ...file, members }]);
}

export type NewEvent = OfFile & {
  no: number;
  by: string;
  event: Omit<KeptEvent, "kind"> & { kind: KeptEvent["kind"] | "filed" };
};

/** Which the next one of a file is; who was faster has taken the version already. */
export async function nextEventNo(tx: Tx, file: string): Promise<number> {
  const [last] = await tx.rows<{ no: number }>(sql`
    SELECT count(*)::int AS no FROM household_events WHERE household_id = ${file}::uuid`);
  return (last?.no ?? 0) + 1;
}

export async function insertEvents(tx: Tx, events: readonly NewEvent[], now: Date): Promise<void> {
  const rows = events.map(({ id: file, organisationId, no, by, event }) => ({
    ...sealedRow(HOUSEHOLD_EVENTS, randomUUID(), {
      no,
      kind: word(event.kind),
      happened_on: event.on,
      year: event.year,
      tier: maybeWord(event.tier),
      reason: event.reason?.replaceAll("-", "_").toUpperCase() ?? null,
      consent: maybeWord(event.consent),
      due_on: event.dueOn,
      visitors: event.visitors,
      note: event.note,
    }),
    household_id: file,
    organisation_id: organisationId,
    created_by: by,
  }));
  await tx.run(sql`
    INSERT INTO household_events (id, household_id, organisation_id, no, kind, happened_on, year, tier, reason, consent,
      due_on, visitors, note, nonce, commitment, key_id, created_by, created_at)
    SELECT id, household_id, organisation_id, no, kind, happened_on, year, tier, reason, consent, due_on, visitors, note,
      nonce, commitment, ${KEY}, created_by, ${now}::timestamptz
    FROM jsonb_populate_recordset(NULL::household_events, ${asJson(rows)}::jsonb) AS r`);
}
