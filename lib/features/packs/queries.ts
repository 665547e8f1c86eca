import "server-only";
import { resolveFilter } from "@/lib/features/filter/queries";
import type { PackStamp } from "@/lib/features/pack-files/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import type { ExportRecord } from "@/lib/platform/audit";
import { byteStream } from "@/lib/platform/spreadsheet";
import { packFileHref } from "./address";
import type { Pack, PacksPage, PacksQuery } from "./schema";
import type { PackStatus } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

type Row = {
  id: string;
  organisationId: number;
  year: number;
  org: string;
  seq: string;
  at: Date;
  definition: number;
  locale: Locale;
  unit: MoneyUnit;
  ofPack: string | null;
  mine: boolean;
  nameZh: string;
  nameEn: string;
  createdAt: Date;
  sealedAt: Date | null;
  manifestSha256: string | null;
  kept: boolean;
  status: Uppercase<PackStatus> | null;
  progress: number | null;
  differs: string[] | null;
  files: { name: string; bytes: string; sha256: string; mediaType: string }[];
};

/** A job that is forgotten was not done: a sealed pack needs none any more. */
function statusOf({ sealedAt, status }: Row): PackStatus {
  if (sealedAt !== null) return "done";
  if (status === null || status === "DONE") return "failed";
  return status.toLowerCase() as PackStatus;
}

function packOf(row: Row): Pack {
  const { id, year, org, definition, unit, mine, nameZh, nameEn, kept, manifestSha256 } = row;
  const status = statusOf(row);
  return {
    ...{ id, year, org, status, definition, unit, mine, kept, manifestSha256 },
    progress: status === "done" ? 100 : (row.progress ?? 0),
    seq: Number(row.seq),
    asOf: row.at.toISOString(),
    language: row.locale,
    by: { nameZh, nameEn },
    askedAt: row.createdAt.toISOString(),
    sealedAt: row.sealedAt?.toISOString() ?? null,
    again: row.ofPack === null ? null : { of: row.ofPack, differs: row.differs },
    files: row.files.map(({ name, bytes, sha256 }) => ({
      ...{ name, sha256, bytes: Number(bytes) },
      url: packFileHref(id, name),
    })),
  };
}

/** Its asker's, and those of the places that somebody audits; row-level security says the same. */
function readable({ scope, actor }: Asking): Sql {
  const audited = actor.memberships.flatMap((one) =>
    one.role === "AUDITOR" ? [one.organisationId] : [],
  );
  return sql`${within(sql`p.organisation_id`, scope)} AND (p.asked_by = ${actor.userId}::uuid
    OR EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = p.organisation_id AND c.ancestor_id = ANY (${audited}::int[])))`;
}

async function packRows(asking: Asking, condition: Sql, limit: number): Promise<Row[]> {
  const { db, actor } = asking;
  return db.rows<Row>(sql`
    WITH found AS MATERIALIZED (SELECT p.* FROM packs p WHERE ${readable(asking)} AND ${condition}
      ORDER BY p.id DESC LIMIT ${limit})
    SELECT p.id::text, p.organisation_id AS "organisationId", p.year::int, o.code AS org, p.seq::text, p.at, p.definition,
      p.locale, p.unit, p.of_pack::text AS "ofPack", p.asked_by = ${actor.userId}::uuid AS mine,
      u.name_zh AS "nameZh", u.name_en AS "nameEn", p.created_at AS "createdAt", p.sealed_at AS "sealedAt",
      p.manifest_sha256::text AS "manifestSha256", j.status, j.progress,
      EXISTS (SELECT FROM pack_chunks c WHERE c.pack_id = p.id) AS kept,
      CASE WHEN p.sealed_at IS NOT NULL AND first.sealed_at IS NOT NULL THEN
        ARRAY(SELECT f.name FROM pack_files f LEFT JOIN pack_files g ON g.pack_id = first.id AND g.name = f.name
          WHERE f.pack_id = p.id AND g.sha256 IS DISTINCT FROM f.sha256 ORDER BY f.no) END AS differs,
      coalesce((SELECT json_agg(json_build_object('name', f.name, 'bytes', f.bytes::text, 'sha256', f.sha256,
          'mediaType', f.media_type) ORDER BY f.no)
        FROM pack_files f WHERE f.pack_id = p.id AND f.sha256 IS NOT NULL), '[]') AS files
    FROM found p JOIN organisations o ON o.id = p.organisation_id JOIN users u ON u.id = p.asked_by
    LEFT JOIN packs first ON first.id = p.of_pack
    LEFT JOIN guard.jobs_of_packs(ARRAY(SELECT id FROM found)) j ON j.pack_id = p.id
    ORDER BY p.id DESC`);
}

export async function listPacks(asking: Asking & { query: PacksQuery }): Promise<PacksPage> {
  const { db, scope, query } = asking;
  const { year, org, cursor, limit } = query;
  // a place that is nowhere, or out of reach, is refused as every figure refuses it
  if (org !== undefined) await resolveFilter({ db, scope, filter: { org } });
  const rows = await packRows(
    asking,
    sql`true ${year === undefined ? emptySql : sql`AND p.year = ${year}::smallint`}
      ${org === undefined ? emptySql : sql`AND p.organisation_id = (SELECT id FROM organisations WHERE code = ${org})`}
      ${cursor === undefined ? emptySql : sql`AND p.id < ${cursor}::bigint`}`,
    limit + 1,
  );
  const items = rows.slice(0, limit).map(packOf);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function requireRow(asking: Asking & { id: string }): Promise<Row> {
  const [row] = await packRows(asking, sql`p.id = ${asking.id}::bigint`, 1);
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

export const getPack = async (asking: Asking & { id: string }): Promise<Pack> =>
  packOf(await requireRow(asking));

export type PackWork = { stamp: PackStamp; whole: ReadonlyMap<string, WholeBytes> };
type WholeBytes = { bytes: number; sha256: string };

/** What is to be made, and what of it an earlier run has made already. */
export async function findWork(asking: Asking & { id: string }): Promise<PackWork> {
  const { id, year, org, seq, at, definition, locale, unit, files } = await requireRow(asking);
  return {
    stamp: { id, year, org, seq: Number(seq), asOf: at.toISOString(), definition, locale, unit },
    whole: new Map(
      files.map(({ name, bytes, sha256 }) => [name, { bytes: Number(bytes), sha256 }]),
    ),
  };
}

async function* piecesOf(db: Reader, id: string, name: string): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const [row] = await db.rows<{ content: Uint8Array }>(sql`
      SELECT c.content FROM pack_chunks c JOIN pack_files f USING (pack_id, no)
      WHERE f.pack_id = ${id}::bigint AND f.name = ${name} AND f.sha256 IS NOT NULL AND c.part = ${part}`);
    if (!row) return;
    yield new Uint8Array(row.content);
  }
}

/** A file of a sealed pack, piece by piece out of one snapshot. */
export async function getPackFile(asking: Asking & { id: string; name: string }): Promise<{
  name: string;
  type: string;
  body: ReadableStream<Uint8Array>;
  record: ExportRecord;
}> {
  const { db, id, name } = asking;
  const row = await requireRow(asking);
  const file = row.files.find((one) => one.name === name);
  if (!file || row.sealedAt === null || !row.kept) throw new AppError("NOT_FOUND");
  const called = `nuanzhang-${row.org}-${row.year}-${row.seq}-${name}`;
  return {
    name: called,
    type: file.mediaType,
    body: byteStream(piecesOf(db, id, name)),
    record: {
      name: called,
      organisationId: row.organisationId,
      body: { kind: "pack", pack: id, file: name, sha256: file.sha256 },
    },
  };
}
