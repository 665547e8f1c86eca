import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { changesOf } from "@/lib/kernel/changes";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { findOwnView } from "./queries";
import { MOST_VIEWS } from "./rules";
import { pageQuery, type CreateViewInput, type SavedView, type UpdateViewInput } from "./schema";
import type { ViewPage } from "./types";

type Write = { tx: Tx; db: Reader; scope: Scope; actor: Actor };

const readable = (page: ViewPage, query: string): string =>
  pageQuery(page, query) ?? refuseField("query", { key: "invalid" });

/** Shared from where one works, with everything below it. */
function placeOf({ actor }: Write, code: string | null | undefined): number | null {
  if (code == null) return null;
  const home = actor.memberships.find((one) => one.code === code && one.role !== "ADMIN");
  return home?.organisationId ?? refuseField("sharedWith", { key: "unknownCode", values: { value: code } }); // prettier-ignore
}

type Named = { page: ViewPage; name: string; id?: string };

async function requireFreeName({ tx, actor }: Write, { page, name, id }: Named): Promise<void> {
  const taken = await tx.run(sql`
    SELECT FROM saved_views WHERE owner_id = ${actor.userId}::uuid AND page = ${page.toUpperCase()} AND name = ${name}
      AND removed_at IS NULL AND id <> ${id ?? "0"}::bigint`);
  if (taken > 0) refuseField("name", { key: "viewNameTaken" });
}

async function requireRoom({ tx, actor }: Write): Promise<void> {
  const kept = await tx.run(
    sql`SELECT FROM saved_views WHERE owner_id = ${actor.userId}::uuid AND removed_at IS NULL`,
  );
  if (kept < MOST_VIEWS) return;
  throw new AppError("CONFLICT", {
    fieldErrors: { name: [{ key: "viewsFull", values: { max: MOST_VIEWS } }] },
  });
}

/** Words that may name a person stay out of the chain; that they were changed does not. */
const UNTOLD = "…";

export async function createView(input: Write & { body: CreateViewInput }): Promise<SavedView> {
  const { tx, actor, body } = input;
  const { page, name, sharedWith = null } = body;
  const query = readable(page, body.query);
  const sharedWithId = placeOf(input, sharedWith);
  await requireRoom(input);
  await requireFreeName(input, body);
  const row = { ownerId: actor.userId, page: page.toUpperCase(), name, query, sharedWithId };
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("saved_views", [row])} RETURNING id::text AS id`,
  );
  const { id } = found(made ?? null);
  const told = { page, name: UNTOLD, sharedWith };
  appendAudits(tx, [{ action: "view.create", subjectId: id, body: told }]);
  return found(await findOwnView({ ...input, id }));
}

export async function updateView(
  input: Write & { params: { id: string }; body: UpdateViewInput },
): Promise<SavedView> {
  const { tx, actor, params, body } = input;
  const { id } = params;
  const before = found(await findOwnView({ ...input, id }));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const { page } = before;
  if (asked.query !== undefined) asked.query = readable(page, asked.query);
  const changes = changesOf(before, asked);
  const { name, query, sharedWith } = { ...before, ...changes };
  if (changes.name !== undefined) await requireFreeName(input, { page, name, id });
  const place =
    changes.sharedWith === undefined ? {} : { sharedWithId: placeOf(input, sharedWith) };
  const set = setOf("saved_views", { name, query, ...place, version: version + 1 });
  const count = await tx.run(sql`
    UPDATE saved_views ${set} WHERE id = ${id}::bigint AND owner_id = ${actor.userId}::uuid
      AND version = ${version} AND removed_at IS NULL`);
  if (count === 0) throw new AppError("STALE");
  const told = Object.entries(changes).map(([field, value]) => [
    field,
    field === "sharedWith" ? value : UNTOLD,
  ]);
  const entry = Object.fromEntries(told) as Record<string, string | null>;
  appendAudits(tx, [{ action: "view.update", subjectId: id, body: entry }]);
  return found(await findOwnView({ ...input, id }));
}

export async function removeView(
  input: Write & { params: { id: string } },
): Promise<{ removed: true }> {
  const { tx, actor, params } = input;
  const { id } = params;
  const { page } = found(await findOwnView({ ...input, id }));
  const count = await tx.run(sql`
    UPDATE saved_views SET removed_at = clock_timestamp(), name = '', query = '', shared_with_id = NULL,
      version = version + 1
    WHERE id = ${id}::bigint AND owner_id = ${actor.userId}::uuid AND removed_at IS NULL`);
  if (count === 0) throw new AppError("NOT_FOUND");
  appendAudits(tx, [{ action: "view.remove", subjectId: id, body: { page } }]);
  return { removed: true };
}
