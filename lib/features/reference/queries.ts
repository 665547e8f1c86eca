import "server-only";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { reaches, type Home, type Places, type Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import type { OrganisationsQuery } from "./schema";
import {
  LISTED_AT_MOST,
  type Codes,
  type OrganisationChoice,
  type PageReference,
  type ProgrammeDefaults,
  type Reference,
} from "./types";

/** What each organisation says of itself, over `o` and the joins below. */
const ORGANISATION = sql`json_build_object(
  'id', o.id, 'code', o.code, 'nameZh', o.name_zh, 'nameEn', o.name_en, 'kind', o.kind,
  'parentCode', parent.code, 'prefectureCode', coalesce(prefecture.code, province.code), 'path', o.path,
  'leaf', NOT EXISTS (SELECT FROM organisations below WHERE below.parent_id = o.id), 'active', o.active)`;
const ORGANISATION_JOINS = sql`
  LEFT JOIN organisations parent ON parent.id = o.parent_id
  JOIN organisations province ON province.path = '/' || split_part(o.path, '/', 2) || '/'
  LEFT JOIN organisations prefecture ON prefecture.kind = 'PREFECTURE'
    AND prefecture.path = province.path || split_part(o.path, '/', 3) || '/'`;

/** Organisations `o` that the condition leaves, in the order of their codes, as one value. */
const organisationsSql = (condition: Sql) => sql`
  (SELECT coalesce(json_agg(${ORGANISATION} ORDER BY o.code COLLATE "C"), '[]')
    FROM organisations o ${ORGANISATION_JOINS} WHERE ${condition})`;

/** Everything but the organisations: some 30 kB, the same for everybody who is signed in. */
const LISTS = sql`
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
          'nameEn', c.name_en, 'active', c.active) ORDER BY c.sort_order, c.id), '[]') FROM aid_categories c),
      'fundSources', (
        SELECT coalesce(json_agg(json_build_object('id', f.id, 'code', f.code, 'nameZh', f.name_zh,
          'nameEn', f.name_en, 'earmarked', f.earmarked, 'active', f.active) ORDER BY f.sort_order, f.id), '[]')
        FROM fund_sources f),
      'recipientKinds', (
        SELECT coalesce(json_agg(json_build_object('id', k.id, 'code', k.code, 'nameZh', k.name_zh,
          'nameEn', k.name_en, 'active', k.active) ORDER BY k.sort_order, k.id), '[]') FROM recipient_kinds k),
      'campaigns', (
        SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'nameZh', c.name_zh,
          'nameEn', c.name_en, 'programme', p.code, 'organisation', o.code,
          'startsOn', c.starts_on::text, 'endsOn', c.ends_on::text)
          ORDER BY c.starts_on DESC, c.code), '[]')
        FROM campaigns c JOIN programmes p ON p.id = c.programme_id
        JOIN organisations o ON o.id = c.organisation_id),
      'years', (
        SELECT coalesce(json_agg(json_build_object('year', y.year, 'status',
          CASE WHEN guard.takes_entries(y.status, y.reopened_until) THEN 'open' ELSE 'closed' END)
          ORDER BY y.year), '[]') FROM years y)`;

/**
 * All reference data in one round trip and one snapshot: five small queries would cost five waits. Public to
 * everybody who is signed in, so no scope.
 */
export async function getReference({ db }: { db: Reader }): Promise<Reference> {
  const [row] = await db.rows<{ reference: Reference }>(sql`
    SELECT json_build_object('organisations', ${organisationsSql(sql`true`)}, ${LISTS}) AS reference`);
  if (!row) throw new Error("reference: a SELECT without FROM answered no row");
  return row.reference;
}

/** Where a person chooses organisations: where records are read; to enter, where one is a clerk; for accounts, all. */
function choosableBy({ actor, scope }: { actor: Actor; scope: Scope }, entering = false) {
  if (hasRole(actor, ["ADMIN"])) return sql`true`;
  return within(sql`o.id`, entering ? entryPlaces(actor) : scope);
}

/** Where this person enters records. */
export const entryPlaces = (actor: Actor): Places => ({
  homes: actor.memberships
    .filter((m) => m.role === "CLERK")
    .map(({ organisationId: id, kind, path }) => ({ id, kind, path, leaf: false })),
  everything: false,
});

type PageAsked = {
  db: Reader;
  actor: Actor;
  scope: Scope;
  /** For a form that enters records. */
  entering?: boolean;
  /** Every organisation, however many: for a table of places that is laid out on the server. */
  whole?: boolean;
  /** Codes of organisations whose names the page needs. */
  named: readonly (string | null | undefined)[];
};

/** Reference data as a page needs it: organisations within reach while they are few, and those it names. */
export async function getPageReference(input: PageAsked): Promise<PageReference> {
  const { db, actor, entering, whole, named } = input;
  const codes = [...named, ...actor.memberships.map(({ code }) => code)];
  const [row] = await db.rows<{ reference: PageReference }>(sql`
    WITH reached AS MATERIALIZED (
      SELECT o.path FROM organisations o WHERE ${choosableBy(input, entering)} LIMIT ${LISTED_AT_MOST + 1}
    ), listed AS MATERIALIZED (SELECT count(*) <= ${LISTED_AT_MOST}::int AS listed FROM reached),
    kept AS MATERIALIZED (
      SELECT path FROM reached WHERE (SELECT listed FROM listed)
      UNION SELECT path FROM organisations WHERE code = ANY (${known(codes)}::text[])
    ), shown AS MATERIALIZED (
      SELECT DISTINCT unnest(string_to_array(trim(BOTH '/' FROM path), '/')::int[]) AS id FROM kept)
    SELECT json_build_object('listed', (SELECT listed FROM listed),
      'organisations', ${organisationsSql(whole ? sql`true` : sql`o.id IN (SELECT id FROM shown)`)}, ${LISTS}) AS reference`);
  if (!row) throw new Error("reference: a SELECT without FROM answered no row");
  return row.reference;
}

const known = (codes: readonly (string | null | undefined)[]): string[] => [
  ...new Set(codes.filter((code) => typeof code === "string")),
];

/** The same with what turned out to be named besides; a round trip only where something is missing. */
export async function withNamed<R extends Reference>(
  { db }: { db: Reader },
  reference: R,
  named: readonly (string | null | undefined)[],
): Promise<R> {
  const there = new Set(reference.organisations.map(({ code }) => code));
  const missing = known(named).filter((code) => !there.has(code));
  if (missing.length === 0) return reference;
  const [row] = await db.rows<Pick<Reference, "organisations">>(sql`
    SELECT ${organisationsSql(sql`o.code = ANY (${missing}::text[])`)} AS organisations`);
  return {
    ...reference,
    organisations: [...reference.organisations, ...(row?.organisations ?? [])],
  };
}

/** 大通回族土族自治县总工会 is also found as 大通县; of few names, so that the many are not rewritten to be looked at. */
const AS_SAID = sql`o.name_zh LIKE '%族自治县总工会'
  AND regexp_replace(o.name_zh, '^(..).*族自治县', '\\1县')`;

const wordsOf = (q: string) =>
  q
    .normalize("NFKC")
    .split(/\s+/)
    .filter((word) => word !== "");
const like = (word: string) => word.replace(/[\\%_]/g, "\\$&");

/** Organisations `o` in whose names or code every word stands. */
export function namedLike(q: string): Sql {
  const conditions = wordsOf(q).map((word) => {
    const inside = `%${like(word)}%`;
    return sql`(o.name_zh ILIKE ${inside} OR o.name_en ILIKE ${inside} OR o.code ILIKE ${inside}
      OR (${AS_SAID} ILIKE ${inside}))`;
  });
  return conditions.length ? joinSql(conditions, " AND ") : sql`true`;
}

/** What a picker asks while one types: within reach alone, the best hits first. */
export async function findOrganisations(input: {
  db: Reader;
  actor: Actor;
  scope: Scope;
  query: OrganisationsQuery;
}): Promise<{ items: OrganisationChoice[] }> {
  const { db, query } = input;
  const [first = ""] = wordsOf(query.q);
  const begins = `${like(first)}%`;
  const conditions = [
    choosableBy(input, query.entering === "true"),
    ...(query.active === "true" ? [sql`o.active`] : []),
    ...(query.kind ? [sql`o.kind = ANY (${query.kind}::text[])`] : []),
    namedLike(query.q),
  ];
  const items = await db.rows<OrganisationChoice>(sql`
    SELECT o.code, o.name_zh AS "nameZh", o.name_en AS "nameEn", o.active,
      CASE WHEN parent.id IS NOT NULL
        THEN json_build_object('nameZh', parent.name_zh, 'nameEn', parent.name_en) END AS parent
    FROM organisations o LEFT JOIN organisations parent ON parent.id = o.parent_id
    WHERE ${joinSql(conditions, " AND ")}
    ORDER BY o.code <> ${first}, NOT (o.name_zh ILIKE ${begins} OR o.name_en ILIKE ${begins} OR o.code ILIKE ${begins}),
      length(o.path) - length(replace(o.path, '/', '')), o.code COLLATE "C"
    LIMIT ${query.limit}`);
  return { items };
}

type Coded = { code: string };
type ListedCode = Coded & { id: number; active: boolean };
type CodesRow = {
  organisations: (Coded & { id: number; path: string; active: boolean })[];
  programmes: (Coded & { id: number; active: boolean; defaults: ProgrammeDefaults })[];
  campaigns: (Coded & { id: number; programmeId: number; path: string })[];
  aidCategories: ListedCode[];
  recipientKinds: ListedCode[];
  fundSources: ListedCode[];
  years: { year: number; status: "OPEN" | "CLOSED" }[];
};

const byCode = <T extends Coded>(rows: readonly T[]) => new Map(rows.map((row) => [row.code, row]));
const idByCode = (rows: readonly (Coded & { id: number })[]) =>
  new Map(rows.map(({ code, id }) => [code, id]));
const retiredOf = (rows: readonly ListedCode[]) =>
  new Set(rows.filter(({ active }) => !active).map(({ code }) => code));

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
    SELECT organisations, programmes, campaigns, years, aid_categories AS "aidCategories",
      recipient_kinds AS "recipientKinds", fund_sources AS "fundSources"
    FROM guard.codes(${organisations}::text[], ${programmes}::text[], ${campaigns}::text[])`);
  if (!row) throw new AppError("UNAUTHENTICATED");
  return {
    organisations: byCode(row.organisations.filter(({ path }) => reaches(scope, path))),
    programmes: byCode(row.programmes),
    campaigns: byCode(row.campaigns),
    aidCategories: idByCode(row.aidCategories),
    recipientKinds: idByCode(row.recipientKinds),
    fundSources: idByCode(row.fundSources),
    retired: {
      aidCategories: retiredOf(row.aidCategories),
      recipientKinds: retiredOf(row.recipientKinds),
      fundSources: retiredOf(row.fundSources),
    },
    openYears: new Set(row.years.filter((y) => y.status === "OPEN").map((y) => y.year)),
  };
}

const CODED = {
  programme: sql`programmes`,
  aidCategory: sql`aid_categories`,
  recipientKind: sql`recipient_kinds`,
  campaign: sql`campaigns`,
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
function placeLookup(place: Place, codes: string[], scope: Scope): Sql {
  const seen =
    place === "prefecture"
      ? sql`EXISTS (SELECT FROM organisations o ${PREFECTURE_JOIN}
          WHERE ${PREFECTURE_CODE} = top.code AND ${within(sql`o.id`, scope)})`
      : within(sql`top.id`, scope);
  const kinds = place === "prefecture" ? sql`AND top.kind IN ('PREFECTURE', 'PROVINCE')` : emptySql;
  return sql`SELECT ${place} AS axis, top.code, top.id, json_build_object('id', top.id, 'kind', top.kind,
      'path', top.path, 'leaf', NOT EXISTS (SELECT FROM organisations b WHERE b.parent_id = top.id),
      'seen', ${seen}) AS place
    FROM organisations top WHERE top.code = ANY (${codes}::text[]) ${kinds}`;
}

type Found = { axis: string; code: string; id: number; place: (Home & { seen: boolean }) | null };

/** Codes to look up: of one axis several alternatives; the axes narrow each other. */
export type AskedCodes = { [place in Place]?: string | string[] | undefined } & {
  [axis in CodedAxis]?: string[] | undefined;
};

/** Their ids, and where the reader may look of what they name; undefined = not asked for. */
export type FoundIds = Places & {
  [axis in `${CodedAxis}Ids`]: number[] | undefined;
};

/** A filter by a code that never was would show an empty list as if there were nothing. */
export async function requireOrganisation(db: Reader, code: string | undefined): Promise<void> {
  if (code === undefined) return;
  const found = await db.rows(sql`SELECT 1 FROM organisations WHERE code = ${code}`);
  if (found.length === 0)
    throw new AppError("VALIDATION", {
      fieldErrors: { org: [{ key: "unknownCode", values: { value: code } }] },
    });
}

/** What the codes leave of the reader's places; a place out of reach is NOT_FOUND. */
function narrowPlaces(
  scope: Scope,
  asked: AskedCodes,
  found: Found[],
  errors: FieldErrors,
): Places {
  const places: { [place in Place]?: Home[] } = {};
  for (const axis of PLACES) {
    for (const code of codesAsked(asked[axis])) {
      const place = found.find((row) => row.axis === axis && row.code === code)?.place;
      if (!place) errors[axis] = [{ key: "unknownCode", values: { value: code } }];
      else if (!place.seen) throw new AppError("NOT_FOUND");
      else places[axis] = [...(places[axis] ?? []), place];
    }
  }
  const { org, organisation, prefecture: prefectures } = places;
  if (!org && !organisation) return { ...scope, prefectures };
  const inOrg = ({ path }: Home) => !org || org.some((top) => path.startsWith(top.path));
  const homes = organisation
    ? organisation.filter(inOrg).map((home) => ({ ...home, alone: true as const }))
    : outermost(org ?? []);
  // the one organisation above all others leaves everything as it is
  const everything =
    scope.everything &&
    !organisation &&
    scope.homes.some(({ id }) => org?.some((home) => home.id === id));
  return { homes, everything, prefectures };
}

/** Each place once; what lies below another is there with it. */
const outermost = (places: Home[]): Home[] =>
  places.filter(({ path }) => !places.some((other) => other.path !== path && path.startsWith(other.path))); // prettier-ignore

const codesAsked = (codes: string | readonly string[] | undefined): string[] => [
  ...new Set(codes === undefined ? [] : [codes].flat()),
];

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
    ...PLACES.flatMap((place) => {
      const codes = codesAsked(asked[place]);
      return codes.length > 0 ? [placeLookup(place, codes, scope)] : [];
    }),
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
    campaignIds: ids("campaign"),
    fundSourceIds: ids("fundSource"),
  };
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
  return resolved;
}
