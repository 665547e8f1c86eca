import "server-only";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { reaches, type Home, type Places, type Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import type { Codes, ProgrammeDefaults, Reference } from "./types";

/**
 * All reference data in one round trip and one snapshot (about 30 kB): every screen needs most of it,
 * and five small queries would cost five waits. Public to everybody who is signed in, so no scope.
 */
export async function getReference({ db }: { db: Reader }): Promise<Reference> {
  const [row] = await db.rows<{ reference: Reference }>(sql`
    SELECT json_build_object(
      'organisations', (
        SELECT coalesce(json_agg(json_build_object(
          'id', o.id, 'code', o.code, 'nameZh', o.name_zh, 'nameEn', o.name_en, 'kind', o.kind,
          'parentCode', parent.code, 'prefectureCode', coalesce(prefecture.code, province.code),
          'path', o.path, 'active', o.active) ORDER BY o.code COLLATE "C"), '[]')
        FROM organisations o
        LEFT JOIN organisations parent ON parent.id = o.parent_id
        JOIN organisations province ON province.path = '/' || split_part(o.path, '/', 2) || '/'
        LEFT JOIN organisations prefecture ON prefecture.kind = 'PREFECTURE'
          AND prefecture.path = province.path || split_part(o.path, '/', 3) || '/'),
      'programmes', (
        SELECT coalesce(json_agg(json_build_object(
          'id', p.id, 'code', p.code, 'nameZh', p.name_zh, 'nameEn', p.name_en,
          'season', lower(p.season::text), 'contributory', p.contributory,
          'seasonMonths', p.season_months, 'mainUnit', p.main_unit,
          'allowedForms', lower(p.allowed_forms::text)::text[], 'defaultForm', lower(p.default_form::text),
          'defaultAidCategory', c.code, 'defaultRecipientKind', k.code,
          'active', p.active) ORDER BY p.sort_order, p.id), '[]')
        FROM programmes p
        JOIN aid_categories c ON c.id = p.default_aid_category_id
        JOIN recipient_kinds k ON k.id = p.default_recipient_kind_id),
      'aidCategories', (
        SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'nameZh', c.name_zh,
          'nameEn', c.name_en) ORDER BY c.sort_order, c.id), '[]') FROM aid_categories c),
      'fundSources', (
        SELECT coalesce(json_agg(json_build_object('id', f.id, 'code', f.code, 'nameZh', f.name_zh,
          'nameEn', f.name_en, 'earmarked', f.earmarked) ORDER BY f.sort_order, f.id), '[]')
        FROM fund_sources f),
      'recipientKinds', (
        SELECT coalesce(json_agg(json_build_object('id', k.id, 'code', k.code, 'nameZh', k.name_zh,
          'nameEn', k.name_en) ORDER BY k.sort_order, k.id), '[]') FROM recipient_kinds k),
      'campaigns', (
        SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'nameZh', c.name_zh,
          'nameEn', c.name_en, 'programme', p.code, 'organisation', o.code,
          'startsOn', c.starts_on::text, 'endsOn', c.ends_on::text)
          ORDER BY c.starts_on DESC, c.code), '[]')
        FROM campaigns c JOIN programmes p ON p.id = c.programme_id
        JOIN organisations o ON o.id = c.organisation_id),
      'years', (
        SELECT coalesce(json_agg(json_build_object('year', y.year, 'status', lower(y.status::text))
          ORDER BY y.year), '[]') FROM years y)
    ) AS reference`);
  if (!row) throw new Error("reference: a SELECT without FROM answered no row");
  return row.reference;
}

type Coded = { code: string };
type CodesRow = {
  organisations: (Coded & { id: number; path: string; active: boolean })[];
  programmes: (Coded & { id: number; active: boolean; defaults: ProgrammeDefaults })[];
  campaigns: (Coded & { id: number; programmeId: number; path: string })[];
  aidCategories: (Coded & { id: number })[];
  recipientKinds: (Coded & { id: number })[];
  fundSources: (Coded & { id: number })[];
  years: { year: number; status: "OPEN" | "CLOSED" }[];
};

const byCode = <T extends Coded>(rows: readonly T[]) => new Map(rows.map((row) => [row.code, row]));
const idByCode = (rows: readonly (Coded & { id: number })[]) =>
  new Map(rows.map(({ code, id }) => [code, id]));

/** Every code that records may name, as ids, in one statement; organisations only within the scope. */
export async function findCodes(input: {
  db: Reader;
  scope: Scope;
  organisations: readonly string[];
  programmes: readonly string[];
  campaigns: readonly string[];
}): Promise<Codes> {
  const { db, scope, organisations, programmes, campaigns } = input;
  const [row] = await db.rows<CodesRow>(sql`
    SELECT
      (SELECT coalesce(json_agg(json_build_object('code', code, 'id', id, 'path', path, 'active', active)), '[]')
        FROM organisations WHERE code = ANY (${organisations}::text[])) AS organisations,
      (SELECT coalesce(json_agg(json_build_object('code', p.code, 'id', p.id, 'active', p.active, 'defaults',
          json_build_object('aidCategory', c.code, 'recipientKind', k.code, 'form', lower(p.default_form)))), '[]')
        FROM programmes p JOIN aid_categories c ON c.id = p.default_aid_category_id
        JOIN recipient_kinds k ON k.id = p.default_recipient_kind_id
        WHERE p.code = ANY (${programmes}::text[])) AS programmes,
      (SELECT coalesce(json_agg(json_build_object('code', c.code, 'id', c.id, 'programmeId', c.programme_id,
          'path', home.path)), '[]')
        FROM campaigns c JOIN organisations home ON home.id = c.organisation_id
        WHERE c.code = ANY (${campaigns}::text[])) AS campaigns,
      (SELECT json_agg(json_build_object('code', code, 'id', id)) FROM aid_categories) AS "aidCategories",
      (SELECT json_agg(json_build_object('code', code, 'id', id)) FROM recipient_kinds) AS "recipientKinds",
      (SELECT json_agg(json_build_object('code', code, 'id', id) ORDER BY sort_order, id) FROM fund_sources)
        AS "fundSources",
      (SELECT json_agg(json_build_object('year', year, 'status', status)) FROM years) AS years`);
  if (!row) throw new Error("reference: a SELECT without FROM answered no row");
  return {
    organisations: byCode(row.organisations.filter(({ path }) => reaches(scope, path))),
    programmes: byCode(row.programmes),
    campaigns: byCode(row.campaigns),
    aidCategories: idByCode(row.aidCategories),
    recipientKinds: idByCode(row.recipientKinds),
    fundSources: idByCode(row.fundSources),
    openYears: new Set(row.years.filter((y) => y.status === "OPEN").map((y) => y.year)),
  };
}

const CODED = {
  programme: sql`programmes`,
  aidCategory: sql`aid_categories`,
  recipientKind: sql`recipient_kinds`,
  fundSource: sql`fund_sources`,
} as const;
type CodedAxis = keyof typeof CODED;
const PLACES = ["org", "organisation", "prefecture"] as const;
type Place = (typeof PLACES)[number];

/** The prefecture of organisation `o`: its own or its ancestor's code, else that of the province. */
export const PREFECTURE_JOIN = sql`
  JOIN organisations province ON province.id = split_part(o.path, '/', 2)::int
  LEFT JOIN organisations prefecture ON prefecture.kind = 'PREFECTURE'
    AND prefecture.id = NULLIF(split_part(o.path, '/', 3), '')::int`;
export const PREFECTURE_CODE = sql`coalesce(prefecture.code, province.code)`;

/** Who is counted to no prefecture stands under the province's own code. */
function placeLookup(place: Place, code: string, scope: Scope): Sql {
  const seen =
    place === "prefecture"
      ? sql`EXISTS (SELECT FROM organisations o ${PREFECTURE_JOIN}
          WHERE ${PREFECTURE_CODE} = ${code} AND ${within(sql`o.id`, scope)})`
      : within(sql`top.id`, scope);
  const kinds = place === "prefecture" ? sql`AND top.kind IN ('PREFECTURE', 'PROVINCE')` : emptySql;
  return sql`SELECT ${place} AS axis, top.code, top.id, json_build_object('id', top.id, 'kind', top.kind,
      'path', top.path, 'leaf', NOT EXISTS (SELECT FROM organisations b WHERE b.parent_id = top.id),
      'seen', ${seen}) AS place
    FROM organisations top WHERE top.code = ${code} ${kinds}`;
}

type Found = { axis: string; code: string; id: number; place: (Home & { seen: boolean }) | null };

/** Codes to look up: places narrow each other, the other lists name several alternatives. */
export type AskedCodes = { [place in Place]?: string | undefined } & {
  [axis in CodedAxis]?: string[] | undefined;
};

/** Their ids, and where the reader may look of what they name; undefined = not asked for. */
export type FoundIds = Places & {
  [axis in `${CodedAxis}Ids`]: number[] | undefined;
};

/** What the codes leave of the reader's places; a place out of reach is NOT_FOUND. */
function narrowPlaces(
  scope: Scope,
  asked: AskedCodes,
  found: Found[],
  errors: FieldErrors,
): Places {
  const places: { [place in Place]?: Home } = {};
  for (const axis of PLACES) {
    const code = asked[axis];
    if (code === undefined) continue;
    const place = found.find((row) => row.axis === axis)?.place;
    if (!place) errors[axis] = [{ key: "unknownCode", values: { value: code } }];
    else if (!place.seen) throw new AppError("NOT_FOUND");
    else places[axis] = place;
  }
  const { org, organisation, prefecture } = places;
  if (!org && !organisation) return { ...scope, prefecture };
  const outside = org && organisation && !organisation.path.startsWith(org.path);
  const homes = organisation ? [{ ...organisation, alone: true as const }] : org ? [org] : [];
  // the one organisation above all others leaves everything as it is
  const everything =
    scope.everything && !organisation && scope.homes.some(({ id }) => id === org?.id);
  return { homes: outside ? [] : homes, everything, prefecture };
}

/**
 * Turns codes into ids, in the reader's scope, in one round trip at most. Unknown code: VALIDATION naming
 * the field. An organisation outside the scope: NOT_FOUND, whether it exists or not matters to nobody.
 */
export async function resolveCodes(input: {
  db: Reader;
  scope: Scope;
  asked: AskedCodes;
}): Promise<FoundIds> {
  const { db, scope, asked } = input;
  if (scope.homes.length === 0) throw new AppError("FORBIDDEN");
  const axes = (Object.keys(CODED) as CodedAxis[]).filter((axis) => asked[axis]?.length);
  const lookups = [
    ...PLACES.flatMap((place) => (asked[place] ? [placeLookup(place, asked[place], scope)] : [])),
    ...axes.map(
      (axis) => sql`SELECT ${axis} AS axis, code, id, NULL::json AS place FROM ${CODED[axis]}
        WHERE code = ANY (${asked[axis]}::text[])`,
    ),
  ];
  const found = lookups.length ? await db.rows<Found>(joinSql(lookups, " UNION ALL ")) : [];
  const errors: FieldErrors = {};
  const places = narrowPlaces(scope, asked, found, errors);
  const ids = (axis: CodedAxis) => {
    const codes = asked[axis];
    if (!codes?.length) return undefined;
    const rows = found.filter((row) => row.axis === axis);
    const unknown = codes.find((code) => !rows.some((row) => row.code === code));
    if (unknown !== undefined) errors[axis] = [{ key: "unknownCode", values: { value: unknown } }];
    return rows.map((row) => row.id);
  };
  const resolved: FoundIds = {
    ...places,
    programmeIds: ids("programme"),
    aidCategoryIds: ids("aidCategory"),
    recipientKindIds: ids("recipientKind"),
    fundSourceIds: ids("fundSource"),
  };
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
  return resolved;
}
