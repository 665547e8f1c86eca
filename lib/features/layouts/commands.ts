import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found, refuseField } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { getReference } from "@/lib/features/reference/queries";
import { drawsFor } from "./policy";
import { findKept } from "./queries";
import { MOST_LAYOUTS, unknownCodes } from "./rules";
import type { CreateLayoutInput, UpdateLayoutInput } from "./schema";
import type { KeptLayout, Layout } from "./types";

type Write = { tx: Tx; db: Reader; scope: Scope; actor: Actor };

/** Its title may name somebody: that stays out of the chain; that it was changed does not. */
const UNTOLD = "…";

function placeOf(actor: Actor): number {
  const home = drawsFor(actor);
  if (home === null) throw new AppError("FORBIDDEN");
  return home;
}

/** What it names is there: a form of somewhere else may say codes that nobody here has. */
async function requireKnown({ db }: Write, layout: Layout): Promise<void> {
  const unknown = unknownCodes(layout, await getReference({ db }));
  if (unknown.length > 0) refuseField("layout", { key: "layoutCodes", values: { codes: unknown.join(", ") } }); // prettier-ignore
}

async function requireFreeTitle({ tx }: Write, place: number, { title }: Layout, id = "0") {
  const taken = await tx.run(sql`
    SELECT FROM report_layouts WHERE organisation_id = ${place} AND title = ${title.zh}
      AND removed_at IS NULL AND id <> ${id}::bigint`);
  if (taken > 0) refuseField("layout.title.zh", { key: "layoutTitleTaken" });
}

export async function createLayout(
  input: Write & { body: CreateLayoutInput },
): Promise<KeptLayout> {
  const { tx, actor, body } = input;
  const { layout } = body;
  const organisationId = placeOf(actor);
  await requireKnown(input, layout);
  const kept = await tx.run(
    sql`SELECT FROM report_layouts WHERE organisation_id = ${organisationId} AND removed_at IS NULL`,
  );
  if (kept >= MOST_LAYOUTS)
    throw new AppError("CONFLICT", {
      fieldErrors: { layout: [{ key: "layoutsFull", values: { max: MOST_LAYOUTS } }] },
    });
  await requireFreeTitle(input, organisationId, layout);
  const row = { organisationId, title: layout.title.zh, body: layout, authorId: actor.userId };
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("report_layouts", [row])} RETURNING id::text AS id`,
  );
  const { id } = found(made ?? null);
  appendAudits(tx, [{ action: "layout.create", subjectId: id, body: { name: UNTOLD } }]);
  return findKept({ ...input, id });
}

export async function updateLayout(
  input: Write & { params: { id: string }; body: UpdateLayoutInput },
): Promise<KeptLayout> {
  const { tx, actor, params, body } = input;
  const { layout, version } = body;
  const before = await findKept({ ...input, id: params.id });
  const place = placeOf(actor);
  if (before.version !== version) throw new AppError("STALE");
  await requireKnown(input, layout);
  await requireFreeTitle(input, place, layout, params.id);
  const set = setOf("report_layouts", { title: layout.title.zh, body: layout, version: version + 1 }); // prettier-ignore
  const count = await tx.run(sql`
    UPDATE report_layouts ${set} WHERE id = ${params.id}::bigint AND organisation_id = ${place}
      AND version = ${version} AND removed_at IS NULL`);
  if (count === 0) throw new AppError("STALE");
  const told = { name: UNTOLD, version: version + 1 };
  appendAudits(tx, [{ action: "layout.update", subjectId: params.id, body: told }]);
  return findKept({ ...input, id: params.id });
}

export async function removeLayout(
  input: Write & { params: { id: string } },
): Promise<{ removed: true }> {
  const { tx, actor, params } = input;
  const { version } = await findKept({ ...input, id: params.id });
  const count = await tx.run(sql`
    UPDATE report_layouts SET removed_at = clock_timestamp(), version = version + 1
    WHERE id = ${params.id}::bigint AND organisation_id = ${placeOf(actor)}
      AND version = ${version} AND removed_at IS NULL`);
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [{ action: "layout.remove", subjectId: params.id, body: { name: UNTOLD } }]);
  return { removed: true };
}
