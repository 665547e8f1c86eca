import "server-only";
import { listRecords, pairOf, referenceOf } from "@/lib/features/disbursements/queries";
import { mayReadFiles } from "@/lib/features/households/policy";
import { findHousehold } from "@/lib/features/households/queries";
import type { HouseholdAid } from "@/lib/features/households/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";

type Asking = { db: Reader; scope: Scope; actor: Actor; id: string };

type AidRow = Omit<HouseholdAid["own"], "back"> & {
  id: string | null;
  backLines: number;
  backFen: string | null;
};
type Given = Omit<HouseholdAid["items"][number], "reference" | keyof HouseholdAid["own"]>;
const MOST_RECORDS = 200;

/** Null where none of them says an amount. */
function fenOf(amounts: readonly (string | null)[]): string | null {
  const said = amounts.flatMap((fen) => (fen === null ? [] : [BigInt(fen)]));
  return said.length === 0 ? null : said.reduce((a, b) => a + b, 0n).toString();
}

function sumOf(rows: readonly AidRow[]): HouseholdAid["own"] {
  const count = (of: "lines" | "unpriced" | "backLines") => rows.reduce((sum, row) => sum + row[of], 0); // prettier-ignore
  return {
    lines: count("lines"),
    amountFen: fenOf(rows.map(({ amountFen }) => amountFen)),
    unpriced: count("unpriced"),
    back: { lines: count("backLines"), amountFen: fenOf(rows.map(({ backFen }) => backFen)) },
  };
}

/** Newest first; the own sum counts what was approved. */
export async function householdAid(asking: Asking): Promise<HouseholdAid> {
  const { db, scope } = asking;
  const { id } = await findHousehold(asking);
  const rows = await db.rows<AidRow>(sql`
    SELECT disbursement_id::text AS id, lines, amount_fen::text AS "amountFen", unpriced, back_lines AS "backLines",
      back_fen::text AS "backFen" FROM guard.household_aid(${id}::uuid)`);
  const ids = rows.flatMap((row) => row.id ?? []);
  const records = await db.rows<Given>(sql`
    SELECT d.id::text AS id, o.code AS organisation, p.code AS programme, d.fiscal_year AS year, d.ledger_on::text AS on,
      lower(d.status) AS status
    FROM disbursements d JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
    WHERE d.id = ANY (${ids}::bigint[]) AND ${recordsWithin(scope)} ORDER BY d.ledger_on DESC, d.id DESC`);
  const sums = new Map(rows.map((row) => [row.id, row]));
  const of = (record: string | null) => sums.get(record) ?? [];
  const approved = records.filter(({ status }) => status === "approved");
  return {
    items: records.slice(0, MOST_RECORDS).map((record) => {
      const reference = referenceOf({ ...record, fiscalYear: record.year });
      return { ...record, reference, ...sumOf([of(record.id)].flat()) };
    }),
    more: records.length > MOST_RECORDS,
    own: sumOf(approved.flatMap(({ id: record }) => of(record))),
    elsewhere: sumOf([of(null)].flat()),
  };
}

/** Whose file the lines of a roster are of, where the reader works beside both. */
export async function rosterFiles(
  asking: Asking,
): Promise<{ items: { no: number; id: string; code: string }[] }> {
  if (!mayReadFiles(asking.actor)) throw new AppError("FORBIDDEN");
  const { db, id } = asking;
  found(pairOf(await listRecords({ ...asking, ids: [id] }), id));
  return {
    items: await db.rows(sql`
      SELECT no, id::text AS id, code FROM guard.files_of_roster(${id}::bigint)`),
  };
}
