import "server-only";
import { requireKeeper } from "@/lib/features/catalogue/policy";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { changesOf } from "@/lib/kernel/changes";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { findMap } from "./queries";
import { headingsFault } from "./rules";
import type { CreateMapInput, ExportMap, UpdateMapInput } from "./schema";

type Write = { tx: Tx; db: Reader; actor: Actor };

function requireReadable(headings: readonly string[]): void {
  const fault = headingsFault(headings);
  if (fault) refuseField("headings", fault);
}

export async function createMap(input: Write & { body: CreateMapInput }): Promise<ExportMap> {
  const { tx, db, actor, body } = input;
  requireKeeper(actor);
  requireReadable(body.headings);
  if (await findMap(db, body.code)) refuseField("code", { key: "codeTaken" });
  await tx.run(insertInto("export_maps", [body]));
  appendAudits(tx, [{ action: "export-map.create", subjectId: body.code, body }]);
  return found(await findMap(db, body.code));
}

export async function updateMap(
  input: Write & { params: { code: string }; body: UpdateMapInput },
): Promise<ExportMap> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const before = found(await findMap(db, params.code));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const { headings, ...plain } = asked;
  const moved = headings !== undefined && headings.join("\n") !== before.headings.join("\n");
  if (moved) requireReadable(headings);
  const changes = { ...changesOf(before, plain), ...(moved ? { headings } : {}) };
  const set = setOf("export_maps", { ...changes, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE export_maps ${set} WHERE code = ${params.code} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [{ action: "export-map.update", subjectId: params.code, body: changes }]);
  return found(await findMap(db, params.code));
}
