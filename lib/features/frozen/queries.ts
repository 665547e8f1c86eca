import "server-only";
import { createHash } from "node:crypto";
import { listChanges } from "@/lib/features/changes/queries";
import { sumsOf } from "@/lib/features/changes/rules";
import { figuresOf } from "@/lib/features/figures/queries";
import { FIGURE_DEFINITION } from "@/lib/features/figures/rules";
import type { Axis } from "@/lib/features/figures/types";
import { resolveFilter, type ResolvedFilter } from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { positionOf } from "@/lib/features/positions/queries";
import { listViews } from "@/lib/features/views/queries";
import type { SavedView } from "@/lib/features/views/schema";
import { isFigurePage } from "@/lib/features/views/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader } from "@/lib/platform/db";
import { axisOf, compareAxes, isSameKept, keptAxes, type Kept } from "./rules";
import { figuresAsked, payloadSchema, type FrozenFigures, type FrozenStamp } from "./schema";
import type { FrozenView } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor };

/** Totals and axes of some filters, each as it stands or stood, out of one statement. */
export async function readKept(
  db: Reader,
  axes: readonly Axis[],
  asked: readonly ResolvedFilter[],
): Promise<Kept[]> {
  const sets = asked.flatMap((resolved) => axes.map((axis) => ({ resolved, groupBy: [axis] })));
  const answers = await figuresOf(db, sets);
  return asked.map((_, at) => {
    const own = answers.slice(at * axes.length, (at + 1) * axes.length);
    return {
      totals: sumsOf(found(own[0] ?? null)),
      axes: axes.map((axis, i) => axisOf(axis, found(own[i] ?? null))),
    };
  });
}

const moment = (column: string) =>
  sql([`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`]);

type Row = Omit<FrozenStamp, "seq"> & { id: bigint; seq: bigint; path: string };

/** The versions of a view, the newest first; the digest for whoever reads all that a version is of. */
async function readStamps(db: Reader, viewId: string, no?: number): Promise<Row[]> {
  return db.rows<Row>(sql`
    SELECT f.id, f.no, ${moment("f.at")} AS "asOf", f.seq, f.definition, ${moment("f.frozen_at")} AS "frozenAt",
      json_build_object('nameZh', u.name_zh, 'nameEn', u.name_en) AS by, f.query, x.sha256,
      json_build_object('code', o.code, 'nameZh', o.name_zh, 'nameEn', o.name_en) AS place, o.path
    FROM frozen_views f JOIN users u ON u.id = f."by" JOIN organisations o ON o.id = f.place_id
    LEFT JOIN frozen_figures x ON x.frozen_id = f.id
    WHERE f.view_id = ${viewId}::bigint ${no === undefined ? emptySql : sql`AND f.no = ${no}::smallint`}
    ORDER BY f.no DESC LIMIT 50`);
}

const stamped = ({ id: _id, path: _path, seq, ...stamp }: Row): FrozenStamp => ({
  ...stamp,
  seq: Number(seq),
});

/** Another's that is not shared with one is not there, and so is one that was removed. */
async function findView(input: Asking & { id: string }): Promise<SavedView> {
  return found((await listViews(input))[0] ?? null);
}

export async function listFrozen(input: Asking & { id: string }): Promise<FrozenStamp[]> {
  const { id } = await findView(input);
  return (await readStamps(input.db, id)).map(stamped);
}

/** What was just written. */
export async function findStamp(db: Reader, viewId: string, no: number): Promise<FrozenStamp> {
  return stamped(found((await readStamps(db, viewId, no))[0] ?? null));
}

type Place = NonNullable<FrozenFigures["shown"]>;

/** The outermost place within another that one reads; null where one reads nothing of it. */
async function ownPlaceIn(db: Reader, scope: Scope, path: string): Promise<Place | null> {
  const homes = scope.homes.filter((home) => home.path.startsWith(path)).map(({ id }) => id);
  const [place] = await db.rows<Place>(sql`
    SELECT o.code, o.name_zh AS "nameZh", o.name_en AS "nameEn" FROM organisations o WHERE o.id = ANY (${homes}::int[])
    ORDER BY length(o.path) - length(replace(o.path, '/', '')), o.code COLLATE "C" LIMIT 1`);
  return place ?? null;
}

/** The conditions as the reader may ask for them; null where what they name is none of theirs. */
async function resolvedFor(db: Reader, scope: Scope, filter: FigureFilter) {
  try {
    return await resolveFilter({ db, scope, filter });
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** What was kept, and whether it is still what its digest says and what the records of that position give. */
async function checkedKept(db: Reader, row: Row, recounted: Kept) {
  const [kept] = await db.rows<{ payload: string }>(
    sql`SELECT payload FROM frozen_figures WHERE frozen_id = ${row.id}::bigint`,
  );
  const { payload } = found(kept ?? null);
  const { totals, axes, definition } = payloadSchema.parse(JSON.parse(payload));
  const sound = createHash("sha256").update(payload).digest("hex") === row.sha256;
  const same = isSameKept({ totals, axes }, recounted);
  const check =
    sound && same
      ? "holds"
      : sound && definition !== FIGURE_DEFINITION
        ? "definition"
        : "otherwise";
  return { kept: { totals, axes }, check } as const;
}

const NOTHING = {
  ...{ shown: null, check: null, then: null, now: null, axes: [] },
  ...{ changes: null, filter: null },
} satisfies Partial<FrozenView>;

/**
 * A version as its reader may see it. Whoever reads everything it is of is shown what was kept, held against its
 * digest and a recount; anybody else the figures of the same position within what is theirs, never what was kept.
 */
async function readFrozen(
  { db, scope }: Pick<Asking, "db" | "scope">,
  view: SavedView,
  rows: readonly Row[],
  row: Row,
): Promise<FrozenView> {
  const stamp = {
    ...stamped(row),
    versions: rows.map(stamped).map(({ no, asOf, seq, frozenAt }) => ({ no, asOf, seq, frozenAt })),
  };
  if (!isFigurePage(view.page)) throw new AppError("NOT_FOUND");
  const whole = row.sha256 !== null;
  const shown = whole ? row.place : await ownPlaceIn(db, scope, row.path);
  const { filter: asked, axes } = figuresAsked(view.page, row.query);
  if (shown === null || asked.year === undefined) return { ...stamp, ...NOTHING };
  const filter = { ...asked, status: undefined, year: asked.year, org: shown.code };
  const resolved = await resolvedFor(db, scope, filter);
  if (resolved === null) return { ...stamp, ...NOTHING };
  const at = await positionOf(db, { seq: stamp.seq });
  const [recounted, now] = await readKept(db, axes, [{ ...resolved, at }, resolved]);
  if (!recounted || !now) throw new AppError("INTERNAL");
  const checked = whole ? await checkedKept(db, row, recounted) : null;
  const then = checked?.kept ?? { ...recounted, axes: keptAxes(recounted.axes) };
  const { since, until, counts, sum } = await listChanges({
    ...{ db, scope, filter, since: String(stamp.seq), limit: 1 },
  });
  return {
    ...stamp,
    ...{ shown, check: checked?.check ?? null, filter },
    ...{ then: then.totals, now: now.totals, axes: compareAxes(then.axes, now.axes) },
    changes: { since, until, counts, sum },
  };
}

/** One version by its number, or the last; null where the view was never frozen. */
export async function findFrozen(
  input: Asking & { view: SavedView; no?: number | undefined },
): Promise<FrozenView | null> {
  const { db, view, no } = input;
  const rows = await readStamps(db, view.id);
  const row = no === undefined ? rows[0] : rows.find((one) => one.no === no);
  return row ? readFrozen(input, view, rows, row) : null;
}

export async function getFrozen(input: Asking & { id: string; no: number }): Promise<FrozenView> {
  return found(await findFrozen({ ...input, view: await findView(input) }));
}
