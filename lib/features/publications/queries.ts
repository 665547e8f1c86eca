import "server-only";
import { figuresOf } from "@/lib/features/figures/queries";
import { resolveStamped } from "@/lib/features/filter/queries";
import type { Programme } from "@/lib/features/reference/types";
import { crossing } from "@/lib/features/year-end/queries";
import { found } from "@/lib/kernel/app-error";
import type { Person } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import type { Earlier, Payer } from "./rules";
import type { Publication, PublicLine, PublicTable } from "./types";

const PERSON = (id: Sql) =>
  sql`(SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en) FROM users u WHERE u.id = ${id})`;

type Row = Omit<Publication, "at" | "seq" | "withdrawnAt" | "by" | "withdrawnBy"> & {
  at: Date;
  seq: bigint;
  withdrawnAt: Date | null;
  by: Person | null;
  withdrawnBy: Person | null;
};

/** The newest first. */
export async function listPublications(
  db: Reader,
  of: { year?: number; id?: string },
): Promise<Publication[]> {
  const { year, id } = of;
  const rows = await db.rows<Row>(sql`
    SELECT p.id::text AS id, p.year::int AS year, p.no::int AS no, p.at, ${PERSON(sql`p."by"`)} AS by, p.seq,
      p.sha256::text AS sha256, t.content ->> 'licence' AS licence, t.content ->> 'contact' AS contact,
      jsonb_array_length(jsonb_path_query_array(t.content, '$.cells[*] ? (@.hidden == false)')) AS shown,
      jsonb_array_length(jsonb_path_query_array(t.content, '$.cells[*] ? (@.hidden == true)')) AS hidden,
      p.withdrawn_at AS "withdrawnAt", ${PERSON(sql`p.withdrawn_by`)} AS "withdrawnBy", p.withdraw_reason AS reason,
      p.withdrawn_at IS NULL AND p.no = (SELECT max(o.no) FROM publications o WHERE o.year = p.year) AS standing
    FROM publications p CROSS JOIN LATERAL (SELECT p.payload::jsonb AS content) t
    WHERE ${year === undefined ? sql`true` : sql`p.year = ${year}::smallint`}
      ${id === undefined ? emptySql : sql`AND p.id = ${id}::bigint`}
    ORDER BY p.year DESC, p.no DESC LIMIT 50`);
  return rows.map((row) => ({
    ...row,
    by: found(row.by),
    at: row.at.toISOString(),
    seq: Number(row.seq),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  }));
}

/** Judged against so many: what stood in one before them stood in these, as what is hidden stays hidden. */
const REMEMBERED = 12;

/** What was published of a year, withdrawn or not, as somebody may have kept it; and the books of then. */
export async function listEarlier(input: {
  db: Reader;
  scope: Scope;
  year: number;
}): Promise<Earlier[]> {
  const { db, year } = input;
  const rows = await db.rows<{ table: PublicTable; sensitive: string[]; seq: bigint }>(sql`
    SELECT payload::jsonb AS table, sensitive, seq FROM publications WHERE year = ${year}::smallint
    ORDER BY no DESC LIMIT ${REMEMBERED}`);
  const earlier: Earlier[] = [];
  for (const { seq, ...row } of rows)
    earlier.push({ ...row, books: await readBooks({ ...input, seq: Number(seq) }) });
  return earlier;
}

type Place = {
  code: string;
  kind: "PROVINCE" | "PREFECTURE" | "COUNTY" | null;
  nameZh: string;
  nameEn: string;
  county: string | null;
  prefecture: string | null;
  root: string;
};

/** The lines of the table, and in which of them each organisation's money stands. */
export async function readLines(
  db: Reader,
  { homes }: Scope,
): Promise<{ lines: PublicLine[]; payers: Payer[] }> {
  const places = await db.rows<Place>(sql`
    SELECT o.code, CASE WHEN o.kind IN ('PROVINCE', 'PREFECTURE', 'COUNTY') THEN o.kind END AS kind,
      o.name_zh AS "nameZh", o.name_en AS "nameEn", up.county, up.prefecture, up.root
    FROM organisations o CROSS JOIN LATERAL (
      SELECT max(a.code) FILTER (WHERE a.kind = 'COUNTY') AS county,
        max(a.code) FILTER (WHERE a.kind = 'PREFECTURE') AS prefecture,
        max(a.code) FILTER (WHERE a.kind = 'PROVINCE') AS root
      FROM organisation_closure c JOIN organisations a ON a.id = c.ancestor_id WHERE c.descendant_id = o.id) AS up
    WHERE EXISTS (SELECT FROM organisation_closure h
      WHERE h.descendant_id = o.id AND h.ancestor_id = ANY (${homes.map(({ id }) => id)}::int[]))
    ORDER BY o.code`);
  const own = ({ prefecture, root }: Place) => `${prefecture ?? root}-own`;
  const payers = places.map((place) => ({
    organisation: place.code,
    line: place.county ?? own(place),
  }));
  const lines = places.flatMap((place): PublicLine[] => {
    const { code, nameZh, nameEn, prefecture } = place;
    const named = { code, nameZh, nameEn };
    if (place.kind === "COUNTY") return [{ line: code, kind: "county", prefecture, ...named }];
    if (place.kind === null) return [];
    const whole = place.kind === "PROVINCE" ? ("province" as const) : ("prefecture" as const);
    return [
      { line: code, kind: whole, prefecture: null, ...named },
      { line: own(place), kind: "own", prefecture, ...named },
    ];
  });
  return { lines, payers };
}

/** By paying organisation and programme: as booked, and what corrects another year or is corrected in one. */
export async function readBooks(input: {
  db: Reader;
  scope: Scope;
  year: number;
  /** As of a position; now where none is named. */
  seq?: number;
}) {
  const { db, scope, year, seq } = input;
  const groupBy = ["organisation", "programme"] as const;
  const ofYear = await resolveStamped({ db, scope, filter: { year, seq } });
  const anyYear = await resolveStamped({ db, scope, filter: { seq } });
  const [booked, fromEarlier, intoLater] = await figuresOf(db, [
    { resolved: ofYear, groupBy },
    { resolved: ofYear, groupBy, records: crossing(sql`p.fiscal_year = ${year}::smallint`) },
    { resolved: anyYear, groupBy, records: crossing(sql`c.origin_year = ${year}::smallint`) },
  ]);
  return {
    ...{ booked: booked.rows, fromEarlier: fromEarlier.rows, intoLater: intoLater.rows },
    ...{ seq: booked.seq, definition: booked.definition },
  };
}

export async function listPublicProgrammes(db: Reader): Promise<Programme[]> {
  return db.rows<Programme>(sql`
    SELECT code, name_zh AS "nameZh", name_en AS "nameEn", lower(season) AS season, main_unit AS "mainUnit"
    FROM programmes WHERE NOT contributory ORDER BY sort_order, code`);
}
