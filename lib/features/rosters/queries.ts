import "server-only";
import { setImmediate } from "node:timers/promises";
import {
  listRecords,
  targetOf,
  pairOf,
  type DisbursementRecord,
} from "@/lib/features/disbursements/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { readIdNumber, type IdKind } from "@/lib/kernel/id-number";
import { bareName, soundKeys } from "@/lib/kernel/name-sound";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import {
  copyKeysOf,
  digestsOf,
  open,
  SealError,
  type Place,
  type Sealed,
} from "@/lib/platform/sealing";
import { mayPostPayments, mayReveal, mayWriteRoster, sightOf } from "./policy";
import { PAYMENT_STATES } from "./labels";
import { maskedLine } from "./present";
import type { Line } from "./rules";
import type { PaymentSums, Roster, RosterLine, RosterSums } from "./types";

/** What is of a person, and the nonce of what it commits to. */
export type SealedField = "name" | "idNumber" | "phone" | "payee" | "account" | "note" | "nonce";

/** Where a field of a line stands: what it was sealed with, and opens with. */
export const placeOf = <F extends SealedField>(row: string, field: F): Place<F> => ({
  table: "roster_lines",
  column: field,
  row,
});

type SealedLine = { id: string } & { [F in SealedField]: Sealed<F> | null };

type Stored = SealedLine &
  Pick<
    RosterLine,
    "no" | "amountFen" | "packs" | "persons" | "households" | "payment" | "forgotten"
  > & {
    idKind: string | null;
  };

/** What is read of a line: bytea as the text by which it was written. */
const SEALED_COLUMNS = sql`l.id::text AS id, l.name::text AS name, l.id_number::text AS "idNumber",
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
    payment: stored.payment,
    forgotten: stored.forgotten,
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

/** By where the money of lines stands; null where nothing is paid yet, because nothing was approved. */
export async function paymentSumsIn(
  db: Reader,
  { id, status }: Pick<DisbursementRecord, "id" | "status">,
): Promise<PaymentSums | null> {
  if (status !== "approved") return null;
  const found = await db.rows<{ state: string; lines: number; amountFen: string }>(sql`
    SELECT lower(s.state) AS state, s.lines, s.amount_fen::text AS "amountFen" FROM guard.payment_sums(${id}::bigint) AS s`);
  const sumOf = (state: string) => {
    const { lines = 0, amountFen = "0" } = found.find((one) => one.state === state) ?? {};
    return { lines, amountFen };
  };
  return Object.fromEntries(PAYMENT_STATES.map((state) => [state, sumOf(state)])) as PaymentSums;
}

/** At most ten thousand of each, which is what a record may have; of several in their order, or some by their numbers. */
const linesIn = (db: Reader, scope: Scope, ids: readonly string[], nos: readonly number[] | null) =>
  db.rows<Stored & { record: string }>(sql`
    SELECT ${SEALED_COLUMNS}, l.disbursement_id::text AS record, l.no, l.id_kind AS "idKind", l.amount_fen::text AS "amountFen", l.packs, l.persons, l.households,
      l.forgotten_at IS NOT NULL AS forgotten,
      CASE WHEN l.amount_fen > 0 AND d.status = 'APPROVED' THEN json_build_object('state', coalesce(lower(p.state), 'pending'),
        'on', p.told_on, 'reason', lower(p.reason)) END AS payment
    FROM roster_lines l JOIN disbursements d ON d.id = l.disbursement_id
    LEFT JOIN LATERAL (
      SELECT r.state, r.reason, s.told_on FROM payment_results r JOIN payment_postings s ON s.id = r.posting_id
      WHERE r.line_id = l.id ORDER BY r.no DESC LIMIT 1) AS p ON true
    WHERE l.disbursement_id = ANY (${ids}::bigint[]) AND (${nos}::int[] IS NULL OR l.no = ANY (${nos}::int[]))
      AND ${within(sql`l.organisation_id`, scope)} ORDER BY l.disbursement_id, l.no`);

/** The lines with everything opened, for what is printed or written anew; whether they may be is the caller's to ask. */
export const openedLines = async (
  { db, scope }: Pick<Asking, "db" | "scope">,
  id: string,
  nos: readonly number[] | null = null,
): Promise<RosterLine[]> => openAll(await linesIn(db, scope, [id], nos));

/** So many lines at a time: ten thousand at once keep everybody else waiting, and run into the limit of a statement. */
const AT_ONCE = 1_000;
export const inTurn = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) =>
    all.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );

async function openAll(lines: readonly Parameters<typeof openLine>[0][]): Promise<RosterLine[]> {
  const opened: RosterLine[] = [];
  for (const some of inTurn(lines)) {
    if (opened.length > 0) await setImmediate();
    opened.push(...some.map(openLine));
  }
  return opened;
}

/** The same of several records at once, by record. */
export async function openedRosters(
  { db, scope }: Pick<Asking, "db" | "scope">,
  ids: readonly string[],
): Promise<Map<string, RosterLine[]>> {
  const rosters = new Map<string, RosterLine[]>(ids.map((id) => [id, []]));
  for (const line of await linesIn(db, scope, ids, null))
    rosters.get(line.record)?.push(openLine(line));
  return rosters;
}

async function claimsOf(
  db: Reader,
  { programme, fiscalYear }: DisbursementRecord,
): Promise<Roster["claims"]> {
  const [row] = await db.rows<{ period: Roster["claims"] }>(sql`
    SELECT lower(guard.claim_period_of(p.id, ${fiscalYear}::int)) AS period FROM programmes p WHERE p.code = ${programme}`);
  return row?.period ?? "year";
}

/** A roster as this reader sees it: of those who see sums alone, no line is read. */
export async function rosterOf(
  { db, scope, actor }: Asking,
  record: DisbursementRecord,
): Promise<Roster> {
  const { id, version, status, amountKind, amountFen } = record;
  const sight = sightOf(actor, record);
  const lines = sight === "sums" ? null : await openedLines({ db, scope }, id);
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
    claims: await claimsOf(db, record),
    payments: await paymentSumsIn(db, record),
    postable: mayPostPayments(actor, record),
    revealable: sight !== "open" && mayReveal(actor, record),
    lines: sight === "masked" ? (lines?.map(maskedLine) ?? null) : lines,
  };
}

export const getRoster = async (input: Asking & { id: string }): Promise<Roster> =>
  rosterOf(input, await findRostered(input));

type Marked = Pick<Line, "name" | "document" | "phone" | "account" | "payee">;
type Mark = { kind: string; of: string[]; who?: string[] };

/** No document is of somebody who is born after this. */
const ANY_DAY = "9999-12-31";

/**
 * What a line is compared by with others (docs/decisions/0045): which account and whose, which telephone and whose, how
 * the name sounds beside a day of birth and a sex and where that was registered, beside the telephone and the account, and the name itself
 * within its organisation, which every line has.
 */
function marksOf(organisationId: number, line: Marked): Mark[] {
  const { name, document, phone, account, payee } = line;
  const id = document && readIdNumber(document.number, document.kind, ANY_DAY).id;
  const sounds = soundKeys(name);
  const marks: Mark[] = [{ kind: "NAME", of: [String(organisationId), bareName(name)] }];
  if (account)
    marks.push({ kind: "ACCOUNT", of: [account], who: [account, bareName(payee ?? name)] });
  if (phone) marks.push({ kind: "PHONE", of: [phone], who: [phone, bareName(name)] });
  for (const sound of sounds) {
    if (id?.born) {
      const of = [id.born, id.sex ?? "", sound];
      // where the number was issued; with the rest in it, so that it can be held against nothing else
      marks.push({ kind: "BORN", of, who: [...of, id.number.slice(0, 6)] });
    }
    if (phone) marks.push({ kind: "BESIDE", of: ["phone", phone, sound] });
    // the name beside somebody else's account says nothing of whose it is
    if (account && !payee) marks.push({ kind: "BESIDE", of: ["account", account, sound] });
  }
  return marks;
}

/** Of a digest sixteen bytes: they tell apart whatever one database will ever hold. */
const SHORT = 32;

/** The marks of a line as they are kept, under each index key at hand. */
export const markedRows = (line: string, organisationId: number, of: Marked) =>
  marksOf(organisationId, of).flatMap(({ kind, of: parts, who }) => {
    const holders = who && digestsOf("roster who", kind, ...who);
    return digestsOf("roster mark", kind, ...parts).map(({ keyId, digest }, n) => ({
      line,
      kind,
      digest: digest.slice(0, SHORT),
      who: holders?.[n]?.digest.slice(0, SHORT) ?? null,
      key: keyId,
    }));
  });

/** Keys for the copy in this person's browser, which this program never sees. */
export async function getCopyKeys(input: Asking & { id: string }) {
  const record = await findRostered(input);
  if (!mayWriteRoster(input.actor, record)) throw new AppError("FORBIDDEN");
  const person = input.actor.userId;
  return { person, keys: copyKeysOf(person, record.id) };
}
