import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { FIGURE_DEFINITION } from "@/lib/features/figures/rules";
import { readPlaces, resolveFilter } from "@/lib/features/filter/queries";
import { headOf } from "@/lib/features/positions/queries";
import { findOwnView } from "@/lib/features/views/queries";
import { isFigurePage, type FigurePage } from "@/lib/features/views/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found, refuseField } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { insertInto } from "@/lib/platform/tables";
import { findStamp, listFrozen, readKept } from "./queries";
import { keptAxes, MOST_FROZEN } from "./rules";
import { figuresAsked, saidWhole, type FrozenStamp } from "./schema";

type Freezing = {
  tx: Tx;
  db: Reader;
  scope: Scope;
  actor: Actor;
  now: Date;
  params: { id: string };
  body: { version: number };
};

/** The conditions with year and place said; what a draft says is no figure that could be kept. */
async function askedNow(input: Freezing, page: FigurePage, query: string) {
  const { filter, axes } = figuresAsked(page, query);
  const { status, ...asked } = filter;
  if (status?.some((one) => one !== "approved")) refuseField("id", { key: "approvedOnly" });
  const current = yearOf(civilDateInChina(input.now));
  const start = await readPlaces({ ...input, asked, current });
  const [unknown] = start.unknown;
  if (unknown !== undefined) refuseField("id", { key: "unknownCode", values: { value: unknown } });
  return { root: start.root, filter: start.filter, axes };
}

/** Keeps the figures of one's own view as they stand at the head of the chain. */
export async function freezeView(input: Freezing): Promise<FrozenStamp> {
  const { tx, db, scope, params, body } = input;
  const { id } = params;
  const view = found(await findOwnView({ ...input, id }));
  if (view.version !== body.version) throw new AppError("STALE");
  const { page } = view;
  if (!isFigurePage(page)) return refuseField("id", { key: "viewWithoutFigures" });
  if ((await listFrozen({ ...input, id })).length >= MOST_FROZEN)
    throw new AppError("CONFLICT", {
      fieldErrors: { id: [{ key: "frozenFull", values: { max: MOST_FROZEN } }] },
    });
  const { root, filter, axes } = await askedNow(input, page, view.query);
  const query = saidWhole(page, view.query, { year: filter.year, org: root.code });
  // whatever is written meanwhile comes after this position, and so is not in it
  const at = await headOf(db);
  const resolved = await resolveFilter({ db, scope, filter });
  const [kept] = await readKept(db, axes, [{ ...resolved, at }]);
  const { totals, axes: rows } = found(kept ?? null);
  const stamp = { seq: at.seq, definition: FIGURE_DEFINITION };
  // Anybody who reads it can work out the digest again: it is of this text, canonical JSON (RFC 8785).
  const payload =
    canonicalize({
      ...{ ...stamp, asOf: at.at, page, place: root.code, query },
      ...{ totals, axes: keptAxes(rows) },
    }) ?? "";
  const sha256 = createHash("sha256").update(payload).digest("hex");
  const row = { viewId: BigInt(id), placeId: root.id, query, ...stamp };
  const [made] = await tx.rows<{ id: string; no: number }>(
    sql`${insertInto("frozen_views", [row])} RETURNING id::text AS id, no`,
  );
  const frozen = found(made ?? null);
  await tx.run(insertInto("frozen_figures", [{ frozenId: BigInt(frozen.id), payload, sha256 }]));
  const told = { view: id, no: frozen.no, page, organisation: root.code, position: stamp.seq };
  appendAudits(tx, [{ action: "frozen-view.create", subjectId: frozen.id, body: told }]);
  return findStamp(db, id, frozen.no);
}
