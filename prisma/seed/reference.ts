import type pg from "pg";
import {
  AID_CATEGORIES,
  FUND_SOURCES,
  RECIPIENT_KINDS,
  type CodedSeed,
} from "@/prisma/seed/data/axes";
import {
  ORGANISATIONS,
  REVIEWED_BY_PREFECTURE,
  type OrganisationSeed,
} from "@/prisma/seed/data/organisations";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";

export const OPEN_YEARS = [2023, 2024, 2025, 2026, 2027] as const;
const SECOND_APPROVAL_FROM_FEN = 50_000_000n;

/** Every set is one JSON parameter, so a stage is one statement however long its list. */
const rowsOf = (rows: readonly object[]) => [JSON.stringify(rows)];

/** One level of the tree: the parents have their ids and paths already. */
async function seedLevel(client: pg.Client, level: readonly OrganisationSeed[]): Promise<void> {
  await client.query(
    `INSERT INTO organisations (id, code, name_zh, name_en, kind, region_code, parent_id, path)
     SELECT n.id, n.code, n.name_zh, n.name_en, n.kind, n.region_code, p.id,
            coalesce(p.path, '/') || n.id || '/'
     FROM (
       SELECT nextval('organisations_id_seq')::int AS id, r."code" AS code, r."nameZh" AS name_zh,
              r."nameEn" AS name_en, r."kind" AS kind, r."regionCode" AS region_code,
              r."parentCode" AS parent_code
       FROM jsonb_to_recordset($1::jsonb) AS r("code" text, "nameZh" text, "nameEn" text,
            "kind" text, "regionCode" text, "parentCode" text)
       WHERE NOT EXISTS (SELECT FROM organisations o WHERE o.code = r."code")
     ) n LEFT JOIN organisations p ON p.code = n.parent_code
     ON CONFLICT (code) DO NOTHING`,
    rowsOf(level),
  );
}

async function seedOrganisations(client: pg.Client): Promise<void> {
  const province = ORGANISATIONS.filter((o) => o.parentCode === null);
  const codes = new Set(province.map((o) => o.code));
  const second = ORGANISATIONS.filter((o) => o.parentCode !== null && codes.has(o.parentCode));
  const third = ORGANISATIONS.filter((o) => o.parentCode !== null && !codes.has(o.parentCode));
  for (const level of [province, second, third]) await seedLevel(client, level);
}

async function seedCoded(
  client: pg.Client,
  table: "aid_categories" | "recipient_kinds",
  values: readonly CodedSeed[],
): Promise<void> {
  await client.query(
    `INSERT INTO ${table} (code, name_zh, name_en, sort_order)
     SELECT code, zh, en, n FROM jsonb_to_recordset($1::jsonb) AS r(code text, zh text, en text, n int)
     ON CONFLICT (code) DO NOTHING`,
    rowsOf(values.map(([code, zh, en], n) => ({ code, zh, en, n }))),
  );
}

/** A source's id is one of thirty bits: none is lost to a row that is there already, as its sequence would lose them. */
async function seedFundSources(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO fund_sources (id, code, name_zh, name_en, earmarked, sort_order)
     SELECT (SELECT coalesce(max(id), 0) FROM fund_sources) + row_number() OVER (ORDER BY n), code, zh, en, earmarked, n
     FROM jsonb_to_recordset($1::jsonb) AS r(code text, zh text, en text, earmarked boolean, n int)
     WHERE NOT EXISTS (SELECT FROM fund_sources f WHERE f.code = r.code)`,
    rowsOf(FUND_SOURCES.map(([code, zh, en, earmarked], n) => ({ code, zh, en, earmarked, n }))),
  );
}

async function seedProgrammes(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO programmes (code, name_zh, name_en, season, contributory, season_months, main_unit,
       allowed_forms, default_form, default_aid_category_id, default_recipient_kind_id, sort_order)
     SELECT r."code", r."nameZh", r."nameEn", r."season", coalesce(r."contributory", false), r."months",
            r."mainUnit", r."forms", r."forms"[1], c.id, k.id, r."n"
     FROM jsonb_to_recordset($1::jsonb) AS r("code" text, "nameZh" text, "nameEn" text, "season" text,
          "contributory" boolean, "months" int[], "mainUnit" text, "forms" text[],
          "aidCategory" text, "recipientKind" text, "n" int)
     JOIN aid_categories c ON c.code = r."aidCategory"
     JOIN recipient_kinds k ON k.code = r."recipientKind"
     ON CONFLICT (code) DO NOTHING`,
    rowsOf(PROGRAMMES.map((programme, n) => ({ ...programme, n }))),
  );
}

/** The table has no key to conflict on: rules are laid down once, and are the administrator's from then on. */
async function seedApprovalRules(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO approval_rules (organisation_id, min_amount_fen, step, level)
     SELECT * FROM (
       VALUES (NULL::int, 0::bigint, 1, 'COUNTY'), (NULL, $1::bigint, 2, 'PROVINCE')
       UNION ALL
       SELECT id, 0, 1, 'PREFECTURE' FROM organisations WHERE code = ANY ($2)
     ) AS rules
     WHERE NOT EXISTS (SELECT FROM approval_rules)`,
    [SECOND_APPROVAL_FROM_FEN, REVIEWED_BY_PREFECTURE],
  );
}

/** Notes that a stage is done; the note commits with the stage itself. */
export async function recordSeedRun(client: pg.Client, name: string, seed: string | null = null) {
  await client.query(
    `INSERT INTO seed_runs (name, seed, finished_at) VALUES ($1, $2, now())
     ON CONFLICT (name) DO NOTHING`,
    [name, seed],
  );
}

/**
 * Adds the reference data that is missing, as the owner, in the caller's transaction if there is one.
 * What is there already stays as it is: administrators may have renamed or closed it since.
 */
export async function seedReference(client: pg.Client): Promise<void> {
  await seedOrganisations(client);
  await seedCoded(client, "aid_categories", AID_CATEGORIES);
  await seedCoded(client, "recipient_kinds", RECIPIENT_KINDS);
  await seedFundSources(client);
  await seedProgrammes(client);
  await seedApprovalRules(client);
  await client.query(
    "INSERT INTO years (year) SELECT unnest($1::int[]) ON CONFLICT (year) DO NOTHING",
    [OPEN_YEARS],
  );
  await recordSeedRun(client, "reference");
}
