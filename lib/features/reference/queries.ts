import "server-only";
import { sql, type Reader } from "@/lib/platform/db";
import type { Reference } from "./types";

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
