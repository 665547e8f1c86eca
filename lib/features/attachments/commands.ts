import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField, type FieldErrors } from "@/lib/kernel/app-error";
import type { StreamedBody } from "@/lib/kernel/contract";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { readAs, sql, type Reader, type WriteContext } from "@/lib/platform/db";
import { partsOf } from "@/lib/platform/multipart";
import { freshFileKey, type FileKey } from "@/lib/platform/objects/frames";
import { moveInto, objectKey, putAside } from "@/lib/platform/objects/store";
import { faultOfPdf } from "@/lib/platform/papers/check-pdf";
import { fileKindOf } from "@/lib/platform/papers/file-kind";
import { redrawn } from "@/lib/platform/papers/image";
import { seal } from "@/lib/platform/sealing";
import { turnstile } from "@/lib/platform/turnstile";
import { MOST_BYTES, MOST_FILES, type MediaType, type Owner } from "./labels";
import { isLate, mayAdd, mayKeepPapers, mayRemove } from "./policy";
import {
  beside,
  findFile,
  findOwner,
  getAttachment,
  keyPlace,
  ownerBody,
  type Owned,
} from "./queries";
import { readSaid, type Said } from "./rules";
import type { Attachment } from "./types";

const refused = (fieldErrors: FieldErrors) => new AppError("VALIDATION", { fieldErrors });

/** How a likeness is made (lib/platform/papers/image.ts): another way would be another number. */
const LIKENESS_VERSION = 1;
const MOST_FIELD_BYTES = 200;

/** So many are received at once: each is held whole until it is looked at. */
const receiving = turnstile(8, 16);

async function requireAdding(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  of: Owner;
  id: string;
}): Promise<Owned> {
  const owned = await findOwner(input);
  const refusal = refusalOf(input.actor, owned, "add");
  if (refusal) throw new AppError(refusal);
  const [row] = await input.db.rows<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM attachments a WHERE ${beside(input.of, input.id)} AND a.removed_at IS NULL`);
  if (row && row.count >= MOST_FILES) refuseField("file", { key: "filesTooMany", values: { max: MOST_FILES } }); // prettier-ignore
  return owned;
}

/** Is it the moment that is wrong, or the person? */
function refusalOf(
  actor: Actor,
  owned: Owned,
  step: "add" | "remove",
): "TRANSITION" | "FORBIDDEN" | null {
  if (owned.of === "household") {
    if (mayKeepPapers(actor, owned.file)) return null;
    const open = { ...owned.file, status: "open" as const, forgotten: false };
    return mayKeepPapers(actor, open) ? "TRANSITION" : "FORBIDDEN";
  }
  const { record } = owned;
  if (step === "add" ? mayAdd(actor, record) : mayRemove(actor, record)) return null;
  const draft = { ...record, status: "draft" as const };
  const could = step === "add" ? mayAdd(actor, { ...draft, entryKind: "original" }) : mayRemove(actor, draft); // prettier-ignore
  return could ? "TRANSITION" : "FORBIDDEN";
}

async function bytesOf(parts: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of parts) {
    size += chunk.byteLength;
    if (size > most) throw new AppError("PAYLOAD_TOO_LARGE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fields and the file. What the file is called stays with whoever sent it: people call files after people. */
async function partsIn(body: StreamedBody) {
  const fields = new Map<string, string>();
  let sent: Buffer | null = null;
  for await (const { name, filename, bytes } of partsOf(body)) {
    if (filename === null)
      fields.set(name, (await bytesOf(bytes, MOST_FIELD_BYTES)).toString("utf8")); // prettier-ignore
    else if (name === "file" && sent === null) sent = await bytesOf(bytes, MOST_BYTES);
  }
  return { fields, sent };
}

type Paper = {
  mediaType: MediaType;
  content: Buffer;
  takenOn: string | null;
  likeness: string | null;
};

/** As it will be kept, or refused with a sentence that says what to do. */
async function paperOf(sent: Buffer): Promise<Paper> {
  const kind = await fileKindOf(sent);
  if (kind === "pdf") {
    const fault = await faultOfPdf(sent);
    if (fault !== null) refuseField("file", { key: fault });
    return { mediaType: "application/pdf", content: sent, takenOn: null, likeness: null };
  }
  if (kind === "heic") return refuseField("file", { key: "pictureHeic" });
  if (kind === "ofd") return refuseField("file", { key: "paperOfd" });
  if (kind === "unknown") return refuseField("file", { key: "paperUnknown" });
  const picture = await redrawn(sent);
  if (picture === null) return refuseField("file", { key: "pictureBroken" });
  const { jpeg, takenOn, likeness } = picture;
  return { mediaType: "image/jpeg", content: jpeg, takenOn, likeness };
}

/** A file that lies aside, sealed and read back, until its row is written. */
type Received = Said &
  Omit<Paper, "content"> & {
    file: FileKey;
    aside: string;
    bytes: number;
    sha256: string;
    sourceSha256: string;
  };

type Arriving = { session: string; params: { id: string }; body: StreamedBody; now: Date };

/** Received before the transaction opens; of whoever may add none, and where there is no room, nothing is received. */
async function receive(of: Owner, input: Arriving): Promise<{ upload: Received }> {
  const { session, params, body, now } = input;
  await readAs(session, (context) => requireAdding({ ...context, of, id: params.id }));
  return receiving(async () => {
    const { fields, sent } = await partsIn(body);
    const { said, errors } = readSaid(fields, civilDateInChina(now), of);
    if (!sent || sent.length === 0) throw refused({ ...errors, file: [{ key: "required" }] });
    if (Object.keys(errors).length > 0) throw refused(errors);
    const { content, ...paper } = await paperOf(sent);
    const file = freshFileKey(randomUUID());
    const kept = await putAside(file, oneOf(content), content.length);
    const sourceSha256 = createHash("sha256").update(sent).digest("hex");
    return { upload: { ...said, ...paper, ...kept, file, sourceSha256 } };
  });
}

export const receiveAttachment = (input: Arriving) => receive("record", input);
export const receivePaper = (input: Arriving) => receive("household", input);

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

type Writing = WriteContext & { now: Date };

type Adding = Writing & { params: { id: string }; upload: Received };

export const addAttachment = (context: Adding) => add("record", context);
export const addPaper = (context: Adding) => add("household", context);

/** A consent of the file, of which the paper is. */
async function requireConsent({ db, params, upload }: Adding): Promise<void> {
  if (upload.eventNo === null) return;
  const [row] = await db.rows<{ no: number }>(sql`
    SELECT no FROM household_events
    WHERE household_id = ${params.id}::uuid AND no = ${upload.eventNo}::int AND kind = 'CONSENT'`);
  if (!row) refuseField("event", { key: "choose" });
}

/** Beside what it belongs to, with the key that opens it. The file gets its name last: until then nobody knows of it. */
async function add(of: Owner, context: Adding): Promise<Attachment> {
  const { tx, db, scope, actor, now, params, upload } = context;
  const owned = await requireAdding({ db, scope, actor, of, id: params.id });
  await requireConsent(context);
  const { file, aside, kind, mediaType, bytes, sha256, sourceSha256 } = upload;
  const { takenOn, invoiceNumber, signatures, eventNo } = upload;
  const late = owned.of === "record" && isLate(owned.record);
  const { organisationId } = owned.of === "record" ? owned.record : owned.file;
  const likeness = kind === "photo" ? upload.likeness : null;
  const version = likeness === null ? null : LIKENESS_VERSION;
  const key = objectKey("ev", file.id);
  await tx.run(sql`
    INSERT INTO attachments (id, disbursement_id, household_id, event_no, organisation_id, no, kind, media_type, bytes, sha256,
      source_sha256, taken_on, likeness, likeness_version, invoice_number, signatures, late, object_key, added_by, added_at)
    VALUES (${file.id}::uuid, ${of === "record" ? params.id : null}::bigint, ${of === "household" ? params.id : null}::uuid,
      ${eventNo}::int, ${organisationId}::int, 1, ${kind.toUpperCase()}, ${mediaType},
      ${bytes}::int, decode(${sha256}, 'hex'), decode(${sourceSha256}, 'hex'), ${takenOn}::date, ${likeness}::bigint,
      ${version}::smallint, ${invoiceNumber}, ${signatures}::int, ${late}::boolean, ${key}, ${actor.userId}::uuid,
      ${now}::timestamptz)`);
  const sealed = seal(file.key, keyPlace(file.id));
  await tx.run(sql`
    INSERT INTO file_keys (id, file_key, key_id)
    VALUES (${file.id}::uuid, ${sealed}::bytea, encode(substring(${sealed}::bytea FROM 3 FOR 4), 'hex'))`);
  const body = { ...ownerBody(owned), kind, bytes, sha256, late };
  appendAudits(tx, [{ action: "attachment.add", subjectId: file.id, body }]);
  await moveInto(aside, key);
  return getAttachment({ db, scope, id: file.id });
}

/** Its key goes at once, so that it opens for nobody; the store is tidied at night. */
export async function removeAttachment(
  context: Writing & { params: { id: string } },
): Promise<Attachment> {
  const { tx, db, scope, actor, now, params } = context;
  const { file, owned } = await findFile({ db, scope, actor, id: params.id });
  const refusal = refusalOf(actor, owned, "remove");
  if (refusal) throw new AppError(refusal);
  const removed = await tx.run(sql`
    UPDATE attachments SET removed_by = ${actor.userId}::uuid, removed_at = ${now}::timestamptz
    WHERE id = ${params.id}::uuid AND removed_at IS NULL`);
  if (removed === 0) throw new AppError("STALE");
  const view = await getAttachment({ db, scope, id: params.id });
  const body = { ...ownerBody(owned), kind: file.kind, sha256: view.sha256 };
  appendAudits(tx, [{ action: "attachment.remove", subjectId: params.id, body }]);
  return view;
}
