import "server-only";
import { resolveFilter } from "@/lib/features/filter/queries";
import type { JobStatus } from "@/lib/features/jobs/types";
import type { Actor } from "@/lib/kernel/actor";
import { found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { objectKey, readSealed } from "@/lib/platform/objects/store";
import { recordsWithin, within } from "@/lib/platform/scope-sql";
import { open, type Sealed } from "@/lib/platform/sealing";
import { byteStream } from "@/lib/platform/spreadsheet";
import { voucherNumber } from "@/lib/platform/voucher-sql";
import { keyPlace } from "@/lib/features/attachments/queries";
import { evidencePackFileHref } from "./address";
import type { EvidencePacksQuery } from "./schema";
import type { EvidencePack, EvidencePacksPage } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

type Row = {
  id: string;
  organisationId: number;
  year: number;
  org: string;
  size: number | null;
  seed: string | null;
  nameZh: string;
  nameEn: string;
  mine: boolean;
  createdAt: Date;
  sealedAt: Date | null;
  droppedAt: Date | null;
  vouchers: number | null;
  files: number | null;
  bytes: bigint | null;
  sha256: string | null;
  objectId: string | null;
  status: Uppercase<JobStatus> | null;
  progress: number | null;
};

function packOf(row: Row): EvidencePack {
  const { id, year, org, size, seed, nameZh, nameEn, mine, vouchers, files, sha256 } = row;
  const status = row.sealedAt ? "done" : row.status === null || row.status === "DONE" ? "failed" : (row.status.toLowerCase() as JobStatus); // prettier-ignore
  return {
    ...{ id, year, org, mine, vouchers, files, sha256, status },
    sample: size === null || seed === null ? null : { size, seed },
    progress: status === "done" ? 100 : (row.progress ?? 0),
    by: { nameZh, nameEn },
    askedAt: row.createdAt.toISOString(),
    sealedAt: row.sealedAt?.toISOString() ?? null,
    bytes: row.bytes === null ? null : Number(row.bytes),
    url: row.sealedAt && !row.droppedAt ? evidencePackFileHref(id) : null,
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

const rowsWhere = (asking: Asking, condition: Sql, limit: number): Promise<Row[]> =>
  asking.db.rows<Row>(sql`
    WITH chosen AS MATERIALIZED (SELECT p.* FROM evidence_packs p WHERE ${readable(asking)} AND ${condition}
      ORDER BY p.id DESC LIMIT ${limit})
    SELECT p.id::text, p.organisation_id AS "organisationId", p.year::int, o.code AS org, p.sample_size AS size, p.seed,
      u.name_zh AS "nameZh", u.name_en AS "nameEn", p.asked_by = ${asking.actor.userId}::uuid AS mine,
      p.created_at AS "createdAt", p.sealed_at AS "sealedAt", p.dropped_at AS "droppedAt", p.vouchers, p.files, p.bytes,
      p.sha256, p.object_id::text AS "objectId", j.status, j.progress
    FROM chosen p JOIN organisations o ON o.id = p.organisation_id JOIN users u ON u.id = p.asked_by
    LEFT JOIN guard.jobs_of_evidence_packs(ARRAY(SELECT id FROM chosen)) j ON j.pack_id = p.id
    ORDER BY p.id DESC`);

export async function listEvidencePacks(
  asking: Asking & { query: EvidencePacksQuery },
): Promise<EvidencePacksPage> {
  const { db, scope, query } = asking;
  const { year, org, cursor, limit } = query;
  // a place that is nowhere, or out of reach, is refused as every figure refuses it
  if (org !== undefined) await resolveFilter({ db, scope, filter: { org } });
  const rows = await rowsWhere(
    asking,
    sql`true ${year === undefined ? emptySql : sql`AND p.year = ${year}::smallint`}
      ${org === undefined ? emptySql : sql`AND p.organisation_id = (SELECT id FROM organisations WHERE code = ${org})`}
      ${cursor === undefined ? emptySql : sql`AND p.id < ${cursor}::bigint`}`,
    limit + 1,
  );
  const items = rows.slice(0, limit).map(packOf);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const rowOf = async (asking: Asking & { id: string }): Promise<Row> =>
  found((await rowsWhere(asking, sql`p.id = ${asking.id}::bigint`, 1))[0]);

export const getEvidencePack = async (asking: Asking & { id: string }): Promise<EvidencePack> =>
  packOf(await rowOf(asking));

type PackFile = {
  name: string;
  type: string;
  body: ReadableStream<Uint8Array>;
  sandboxed: true;
  record: ExportRecord;
};

export async function getEvidencePackFile(asking: Asking & { id: string }): Promise<PackFile> {
  const row = await rowOf(asking);
  const { objectId } = row;
  const [kept] = await asking.db.rows<{ key: Sealed<"fileKey"> }>(
    sql`SELECT file_key::text AS key FROM file_keys WHERE id = ${objectId}::uuid`,
  );
  if (objectId === null || !kept) found(null);
  const file = { id: objectId ?? "", key: open(found(kept).key, keyPlace(objectId ?? "")) };
  return {
    name: `evidence-${row.org}-${row.year}-${row.id}.zip`,
    type: "application/zip",
    body: byteStream(readSealed(objectKey("pk", file.id), file)),
    sandboxed: true,
    record: {
      name: "evidence-pack",
      organisationId: row.organisationId,
      body: { kind: "evidence-pack", pack: row.id, sha256: row.sha256 ?? "" },
    },
  };
}

export type Packed = {
  id: string;
  reference: string;
  amountFen: string | null;
  files: {
    id: string;
    no: number;
    kind: string;
    mediaType: string;
    sha256: string;
    late: boolean;
    takenOn: string | null;
    objectKey: string;
    fileKey: Sealed<"fileKey">;
  }[];
};

type Work = { org: string; year: number; size: number | null; seed: string | null };

export async function findPackWork(asking: Asking & { id: string }): Promise<Work> {
  const { org, year, size, seed } = await rowOf(asking);
  return { org, year, size, seed };
}

/**
 * The vouchers of a pack: of a sample the first in the order of SHA-256(seed, id), which anybody can draw again, with
 * their evidence or without any; else all that have some. One more than may be packed says that there are more.
 */
export async function listPacked({
  db,
  scope,
  work,
  most,
}: Asking & { work: Work; most: number }): Promise<Packed[]> {
  const { org, year, size, seed } = work;
  const places = await resolveFilter({ db, scope, filter: { org } });
  const shown =
    seed === null
      ? sql`AND EXISTS (SELECT FROM attachments a WHERE a.disbursement_id = d.id AND a.removed_at IS NULL)`
      : emptySql;
  const order = seed === null ? sql`d.id` : sql`sha256(convert_to(${seed} || d.id::text, 'UTF8'))`;
  return db.rows<Packed>(sql`
    WITH drawn AS MATERIALIZED (
      SELECT d.id, d.fiscal_year, d.amount_fen, o.code, row_number() OVER (ORDER BY ${order}) AS place
      FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
      WHERE d.status = 'APPROVED' AND d.entry_kind <> 'REVERSAL' AND d.fiscal_year = ${year}::smallint
        AND ${recordsWithin(places)} ${shown}
      ORDER BY ${order} LIMIT ${size ?? most + 1}::int)
    SELECT d.id::text, ${voucherNumber(sql`d.code`, sql`d`)} AS reference,
      d.amount_fen::text AS "amountFen",
      (SELECT coalesce(json_agg(json_build_object('id', a.id, 'no', a.no, 'kind', lower(a.kind), 'mediaType', a.media_type,
          'sha256', encode(a.sha256, 'hex'), 'late', a.late, 'takenOn', a.taken_on::text, 'objectKey', a.object_key,
          'fileKey', k.file_key::text) ORDER BY a.no), '[]')
        FROM attachments a JOIN file_keys k ON k.id = a.id
        WHERE a.disbursement_id = d.id AND a.removed_at IS NULL) AS files
    FROM drawn d ORDER BY d.place`);
}
