import "server-only";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
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
        FROM organisations WHERE code = ANY (${organisations}::text[])
          AND id = ANY (${scope.organisationIds}::int[])) AS organisations,
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
    organisations: byCode(row.organisations),
    programmes: byCode(row.programmes),
    campaigns: byCode(row.campaigns),
    aidCategories: idByCode(row.aidCategories),
    recipientKinds: idByCode(row.recipientKinds),
    fundSources: idByCode(row.fundSources),
    openYears: new Set(row.years.filter((y) => y.status === "OPEN").map((y) => y.year)),
  };
}
