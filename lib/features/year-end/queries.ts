import "server-only";
import { listExpected } from "@/lib/features/calendar/queries";
import { figuresOf, queryBalance } from "@/lib/features/figures/queries";
import { vouchersOf, wholeOf } from "@/lib/features/figures/rules";
import { resolveFilter } from "@/lib/features/filter/queries";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import type { CrossingPair, OpenPlace, TwoBooks } from "./types";

type Asked = { db: Reader; scope: Scope; year: number };

const WAITING = ["draft", "submitted", "returned"] as const;

/** What is left to do for a year, place by place, in the order of their codes. */
export async function listOpenPlaces(asked: Asked & { today: CivilDate }): Promise<OpenPlace[]> {
  const { db, scope, year, today } = asked;
  const programmes = await db.rows<{ code: string }>(sql`SELECT code FROM programmes`);
  // by name, as what waits of a contributory programme waits too
  const programme = programmes.map(({ code }) => code);
  const resolved = await resolveFilter({ db, scope, filter: { year, programme } });
  const groupBy = ["organisation"] as const;
  const waiting = await figuresOf(
    db,
    WAITING.map((status) => ({
      resolved: { ...resolved, statuses: [status.toUpperCase()] },
      groupBy,
    })),
  );
  const places = new Map<string, OpenPlace>();
  const at = (organisation: string): OpenPlace => {
    const empty = {
      organisation,
      draft: 0,
      submitted: 0,
      returned: 0,
      missing: 0,
      unspentFen: null,
    };
    const place = places.get(organisation) ?? empty;
    places.set(organisation, place);
    return place;
  };
  WAITING.forEach((status, i) => {
    for (const row of waiting[i]?.rows ?? []) at(row.organisation ?? "")[status] = row.records;
  });
  for (const { organisation, state } of await listExpected({
    db,
    places: scope,
    years: [year],
    today,
  }))
    if (state === "late" || state === "missing") at(organisation).missing += 1;
  const balance = await queryBalance({ db, scope, filter: { year }, groupBy: "organisation" });
  for (const row of balance.rows)
    if (row.receivedFen !== null && vouchersOf(row) === 0)
      at(row.organisation ?? "").unspentFen = row.receivedFen;
  return [...places.values()].sort((a, b) => (a.organisation < b.organisation ? -1 : 1));
}

const PAIRS = 50;

/** Corrections that count in another year than the record they began with: over `c` the part, `d` its record. */
export const crossing = (which: Sql) => sql`d.id = ANY (ARRAY(
  SELECT c.id FROM guard.corrections_by_origin c JOIN disbursements p ON p.id = c.id
  WHERE p.fiscal_year <> c.origin_year AND ${which}))`;

/** A year as it was booked, and with each correction counted in the year of the record it corrects. */
export async function readTwoBooks({ db, scope, year }: Asked): Promise<TwoBooks> {
  const ofYear = await resolveFilter({ db, scope, filter: { year } });
  const anyYear = await resolveFilter({ db, scope, filter: {} });
  const [booked, earlier, later] = await figuresOf(db, [
    { resolved: ofYear, groupBy: [] },
    { resolved: ofYear, groupBy: [], records: crossing(sql`p.fiscal_year = ${year}::smallint`) },
    { resolved: anyYear, groupBy: [], records: crossing(sql`c.origin_year = ${year}::smallint`) },
  ]);
  const pairs = await db.rows<CrossingPair & { inAll: number }>(sql`
    SELECT c.origin_id::text AS "originId", c.origin_year::int AS "originYear", r.fiscal_year::int AS "bookedYear",
      o.code AS organisation, p.code AS programme, r.id::text AS "reversalId", n.id::text AS "replacementId",
      (-r.amount_fen)::text AS "beforeFen", CASE WHEN n.id IS NULL AND r.amount_fen IS NOT NULL THEN '0' ELSE n.amount_fen::text END AS "afterFen",
      (count(*) OVER ())::int AS "inAll"
    FROM guard.corrections_by_origin c JOIN disbursements r ON r.id = c.id AND r.entry_kind = 'REVERSAL'
    JOIN adjustments a ON a.reversal_id = r.id LEFT JOIN disbursements n ON n.id = a.replacement_id
    JOIN organisations o ON o.id = r.organisation_id JOIN programmes p ON p.id = r.programme_id
    WHERE r.status = 'APPROVED' AND r.fiscal_year <> c.origin_year AND ${year}::int IN (r.fiscal_year, c.origin_year)
      AND ${within(sql`r.organisation_id`, scope)}
    ORDER BY r.id LIMIT ${PAIRS}`);
  const [whole, from, into] = [wholeOf(booked), wholeOf(earlier), wholeOf(later)];
  const plus = (count: (sum: typeof whole) => number) => count(whole) - count(from) + count(into);
  return {
    booked: whole,
    fromEarlier: from,
    intoLater: into,
    restated: {
      amountFen: String(BigInt(whole.amountFen) - BigInt(from.amountFen) + BigInt(into.amountFen)),
      records: plus((sum) => sum.records),
      unvalued: plus((sum) => sum.unvalued),
      withoutMoney: plus((sum) => sum.withoutMoney),
      reversals: plus((sum) => sum.reversals),
    },
    pairs: pairs.map(({ inAll: _, ...pair }) => pair),
    pairsInAll: pairs[0]?.inAll ?? 0,
  };
}
