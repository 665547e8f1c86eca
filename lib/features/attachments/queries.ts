import "server-only";
import {
  listRecords,
  pairOf,
  referenceOf,
  type DisbursementRecord,
} from "@/lib/features/disbursements/queries";
import type { Actor, Person } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { ExportRecord } from "@/lib/platform/audit";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { readSealed } from "@/lib/platform/objects/store";
import { within } from "@/lib/platform/scope-sql";
import { evidenceWordsOf } from "@/lib/platform/words";
import { open, type Place, type Sealed } from "@/lib/platform/sealing";
import { findHousehold, type HouseholdRecord } from "@/lib/features/households/queries";
import { MOST_BYTES, MOST_FILES, type MediaType, type Owner } from "./labels";
import { mayAdd, mayKeepPapers, mayRemove, opensPapers, readsInPassing } from "./policy";
import type { Attachment, Attachments } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

/** Where the key of a file stands. */
export const keyPlace = (id: string): Place<"fileKey"> => ({
  table: "file_keys",
  column: "fileKey",
  row: id,
});

/** The record beside which files lie. Absent and out of reach are the same answer. */
async function findProven(input: {
  db: Reader;
  scope: Scope;
  id: string;
}): Promise<DisbursementRecord> {
  const pair = pairOf(await listRecords({ ...input, ids: [input.id] }), input.id);
  return found(pair).record;
}

/** What files lie beside: a record, or the file of a household. */
export type Owned =
  { of: "record"; record: DisbursementRecord } | { of: "household"; file: HouseholdRecord };

export const findOwner = async (asking: Asking & { of: Owner; id: string }): Promise<Owned> =>
  asking.of === "record"
    ? { of: "record", record: await findProven(asking) }
    : { of: "household", file: await findHousehold(asking) };

/** What stands in the audit trail of a file about what it lies beside. */
export const ownerBody = (owned: Owned): Record<string, string> =>
  owned.of === "record" ? { record: owned.record.id } : { household: owned.file.id };

type Row = Omit<Attachment, "addedAt" | "removed"> & {
  addedAt: Date;
  removedAt: Date | null;
  removedBy: Person | null;
};

const PERSON = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;
const rowsWhere = (condition: Sql, scope: Scope) => sql`
  SELECT a.id::text AS id, a.no, lower(a.kind) AS kind, a.media_type AS "mediaType", a.bytes,
    encode(a.sha256, 'hex') AS sha256, a.taken_on::text AS "takenOn", a.invoice_number AS "invoiceNumber", a.signatures,
    a.event_no AS "eventNo", a.forgotten_at IS NOT NULL AS forgotten, a.late, a.added_at AS "addedAt", a.removed_at AS "removedAt",
    (SELECT ${PERSON} FROM users u WHERE u.id = a.added_by) AS "addedBy",
    (SELECT ${PERSON} FROM users u WHERE u.id = a.removed_by) AS "removedBy"
  FROM attachments a WHERE ${condition} AND ${within(sql`a.organisation_id`, scope)}`;

const viewOf = ({ addedAt, removedAt, removedBy, ...row }: Row): Attachment => ({
  ...row,
  addedAt: addedAt.toISOString(),
  removed: removedAt && removedBy && { by: removedBy, at: removedAt.toISOString() },
});

/** May this reader add, remove and open here? */
const rightsOf = (actor: Actor, owned: Owned) =>
  owned.of === "record"
    ? {
        mayAdd: mayAdd(actor, owned.record),
        mayRemove: mayRemove(actor, owned.record),
        mayOpen: true,
      }
    : {
        mayAdd: mayKeepPapers(actor, owned.file),
        mayRemove: mayKeepPapers(actor, owned.file),
        mayOpen: opensPapers(actor, owned.file),
      };

/** The files that lie beside one thing. */
export const beside = (of: Owner, id: string): Sql =>
  of === "record" ? sql`a.disbursement_id = ${id}::bigint` : sql`a.household_id = ${id}::uuid`;

export async function listAttachments(
  asking: Asking & { of: Owner; id: string },
): Promise<Attachments> {
  const { db, scope, actor, of, id } = asking;
  const owned = await findOwner(asking);
  const rows = await db.rows<Row>(sql`
    ${rowsWhere(beside(of, id), scope)} ORDER BY a.no LIMIT 1000`);
  return {
    id,
    items: rows.map(viewOf),
    ...rightsOf(actor, owned),
    mostFiles: MOST_FILES,
    mostBytes: MOST_BYTES,
  };
}

export async function getAttachment({
  db,
  scope,
  id,
}: Pick<Asking, "db" | "scope"> & { id: string }): Promise<Attachment> {
  const [row] = await db.rows<Row>(rowsWhere(sql`a.id = ${id}::uuid`, scope));
  return viewOf(found(row));
}

type StoredFile = {
  disbursementId: string | null;
  householdId: string | null;
  kind: Attachment["kind"];
  no: number;
  mediaType: MediaType;
  objectKey: string;
};

/** A file that stands, and what it lies beside; of one that was removed there is nothing to give. */
export async function findFile(asking: Asking & { id: string }) {
  const { db, scope, id } = asking;
  const [file] = await db.rows<StoredFile>(sql`
    SELECT a.disbursement_id::text AS "disbursementId", a.household_id::text AS "householdId", lower(a.kind) AS kind, a.no, a.media_type AS "mediaType",
      a.object_key AS "objectKey"
    FROM attachments a
    WHERE a.id = ${id}::uuid AND a.removed_at IS NULL AND a.forgotten_at IS NULL AND ${within(sql`a.organisation_id`, scope)}`);
  if (!file) throw new AppError("NOT_FOUND");
  const { disbursementId, householdId } = file;
  const of = householdId === null ? ("record" as const) : ("household" as const);
  return {
    file,
    owned: await findOwner({ ...asking, of, id: householdId ?? disbursementId ?? "" }),
  };
}

/** Its key, to whoever may open it: the policies of the table say so once more. */
async function keyOf({ db, actor, id }: Asking & { id: string }, owned: Owned) {
  if (owned.of === "household" && !opensPapers(actor, owned.file)) {
    const [row] = await db.rows<{ opens: boolean }>(
      sql`SELECT guard.opens_papers(${owned.file.id}::uuid) AS opens`,
    );
    if (!row?.opens) throw new AppError("FORBIDDEN");
  }
  const [row] = await db.rows<{ key: Sealed<"fileKey"> }>(
    sql`SELECT file_key::text AS key FROM file_keys WHERE id = ${id}::uuid`,
  );
  return open(found(row).key, keyPlace(id));
}

/** Whoever does not work beside the record leaves an entry; of a household's papers everybody does. */
function recordOf(actor: Actor, owned: Owned, id: string): { record?: ExportRecord } {
  if (owned.of === "record" && !readsInPassing(actor, owned.record)) return {};
  const { organisationId } = owned.of === "record" ? owned.record : owned.file;
  const body = { kind: "attachment", attachment: id, ...ownerBody(owned) };
  return { record: { name: "attachments", organisationId, body } };
}

type AttachmentFile = {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer>;
  sandboxed: true;
  record?: ExportRecord;
};

const ENDING: Readonly<Record<MediaType, string>> = {
  "image/jpeg": "jpg",
  "application/pdf": "pdf",
};

/** Whole before its first byte leaves: what is damaged or not there is an error, and no half file. */
export async function getAttachmentFile(
  asking: Asking & { id: string; locale: Locale },
): Promise<AttachmentFile> {
  const { actor, id, locale } = asking;
  const { file, owned } = await findFile(asking);
  const key = await keyOf(asking, owned);
  const pieces: Uint8Array[] = [];
  for await (const piece of readSealed(file.objectKey, { id, key })) pieces.push(piece);
  const word = evidenceWordsOf(locale)[file.kind];
  const before = owned.of === "record" ? referenceOf(owned.record) : owned.file.code;
  return {
    name: `${before}_${String(file.no).padStart(2, "0")}_${word}.${ENDING[file.mediaType]}`,
    type: file.mediaType,
    body: new Uint8Array(Buffer.concat(pieces)),
    sandboxed: true,
    ...recordOf(actor, owned, id),
  };
}
