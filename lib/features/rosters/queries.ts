import "server-only";
import {
  listRecords,
  targetOf,
  pairOf,
  type DisbursementRecord,
} from "@/lib/features/disbursements/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { IdKind } from "@/lib/kernel/id-number";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { open, SealError, type Place, type Sealed } from "@/lib/platform/sealing";
import { mayWriteRoster, sightOf } from "./policy";
import { maskedLine } from "./present";
import type { Roster, RosterLine, RosterSums } from "./types";

/** What is of a person, and the nonce of what it commits to. */
export type SealedField = "name" | "idNumber" | "phone" | "payee" | "account" | "note" | "nonce";

/** Where a field of a line stands: what it was sealed with, and opens with. */
export const placeOf = <F extends SealedField>(row: string, field: F): Place<F> => ({
  table: "roster_lines",
  column: field,
  row,
});

export type SealedLine = { id: string } & { [F in SealedField]: Sealed<F> | null };

type Stored = SealedLine &
  Pick<RosterLine, "no" | "amountFen" | "packs" | "persons" | "households"> & {
    idKind: string | null;
  };

/** What is read of a line: bytea as the text by which it was written. */
export const SEALED_COLUMNS = sql`l.id::text AS id, l.name::text AS name, l.id_number::text AS "idNumber",
  l.phone::text AS phone, l.payee::text AS payee, l.account::text AS account, l.note::text AS note, l.nonce::text AS nonce`;

type Asking = { db: Reader; scope: Scope; actor: Actor };

/** The record whose roster it is: of a correction, its replacement. Absent and out of reach are the same answer. */
export async function findRostered(input: {
  db: Reader;
  scope: Scope;
  id: string;
}): Promise<DisbursementRecord> {
  const pair = pairOf(await listRecords({ ...input, ids: [input.id] }), input.id);
  const record = pair && targetOf(pair);
  if (record?.id !== input.id) throw new AppError("NOT_FOUND");
  return record;
}

/** Null where no key at hand opens it: the rest of the line is still shown. */
function opened<F extends SealedField>(line: SealedLine, field: F): string | null | SealError {
  const sealed = line[field] as Sealed<F> | null;
  if (sealed === null) return null;
  try {
    return open(sealed, placeOf(line.id, field));
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
}

function openLine(stored: Stored): RosterLine {
  let unreadable = false;
  const read = (field: SealedField) => {
    const text = opened(stored, field);
    if (!(text instanceof SealError)) return text;
    unreadable = true;
    return null;
  };
  const line = {
    no: stored.no,
    name: read("name"),
    idKind: (stored.idKind?.toLowerCase() ?? null) as IdKind | null,
    idNumber: read("idNumber"),
    phone: read("phone"),
    payee: read("payee"),
    account: read("account"),
    note: read("note"),
    amountFen: stored.amountFen,
    packs: stored.packs,
    persons: stored.persons,
    households: stored.households,
  };
  return { ...line, unreadable };
}

const NOTHING: RosterSums = {
  lines: 0,
  documented: 0,
  amountFen: null,
  persons: 0,
  households: 0,
  packs: 0,
};

async function sumsIn(db: Reader, id: string): Promise<RosterSums> {
  const [sums] = await db.rows<RosterSums>(sql`
    SELECT s.lines, s.documented, s.amount_fen::text AS "amountFen", s.persons, coalesce(s.households, 0) AS households,
      coalesce(s.packs, 0) AS packs
    FROM guard.roster_sums(ARRAY[${id}::bigint]) AS s`);
  return sums ?? NOTHING;
}

/** At most ten thousand, which is what a record may have. */
const linesIn = (db: Reader, scope: Scope, id: string) =>
  db.rows<Stored>(sql`
    SELECT ${SEALED_COLUMNS}, l.no, l.id_kind AS "idKind", l.amount_fen::text AS "amountFen", l.packs, l.persons, l.households
    FROM roster_lines l
    WHERE l.disbursement_id = ${id}::bigint AND ${within(sql`l.organisation_id`, scope)} ORDER BY l.no`);

/** A roster as this reader sees it: of those who see sums alone, no line is read. */
export async function rosterOf(
  { db, scope, actor }: Asking,
  record: DisbursementRecord,
): Promise<Roster> {
  const { id, version, status, amountKind, amountFen } = record;
  const sight = sightOf(actor, record);
  const lines = sight === "sums" ? null : (await linesIn(db, scope, id)).map(openLine);
  return {
    id,
    version,
    status,
    sight,
    editable: mayWriteRoster(actor, record),
    recorded: {
      amountKind,
      amountFen,
      persons: record.persons,
      households: record.households,
      packs: record.packs,
    },
    sums: await sumsIn(db, id),
    lines: sight === "masked" ? (lines?.map(maskedLine) ?? null) : lines,
  };
}

export const getRoster = async (input: Asking & { id: string }): Promise<Roster> =>
  rosterOf(input, await findRostered(input));
