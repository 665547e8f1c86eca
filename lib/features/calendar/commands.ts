import "server-only";
import { findCodes } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { changesOf } from "@/lib/kernel/changes";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx, type WriteContext } from "@/lib/platform/db";
import { insertInto, setOf } from "@/lib/platform/tables";
import { mayDeclare, requireKeeper } from "./policy";
import { findExpectation, getNil, listExpected } from "./queries";
import type {
  CreateExpectationInput,
  DeclareNilInput,
  Expectation,
  UpdateExpectationInput,
  When,
  WithdrawNilInput,
} from "./schema";
import { canDeclareNil } from "./rules";
import type { NilDeclaration } from "./types";

type CommandContext = WriteContext & { now: Date };

const toNil = ({ path: _, ...nil }: NilDeclaration & { path: string }): NilDeclaration => nil;

/** 零申报. Of what is expected alone; where a record stands, be it a draft, there is something. */
export async function declareNil(
  context: CommandContext & { input: DeclareNilInput },
): Promise<NilDeclaration> {
  const { tx, db, scope, actor, now, input } = context;
  const { organisation: code, programme, periodFrom, periodTo, reason, words } = input;
  const codes = await findCodes({ db, scope, organisations: [code], programmes: [programme], campaigns: [] }); // prettier-ignore
  const organisation = codes.organisations.get(code);
  if (!organisation) refuseField("organisation", { key: "unknownCode", values: { value: code } });
  if (!mayDeclare(actor, organisation.path)) throw new AppError("FORBIDDEN");
  const programmeId = codes.programmes.get(programme)?.id;
  if (programmeId === undefined)
    return refuseField("programme", { key: "unknownCode", values: { value: programme } });
  if (reason === "other" && !words) refuseField("words", { key: "required" });
  const year = yearOf(periodTo);
  if (!codes.openYears.has(year)) throw new AppError("YEAR_CLOSED");
  const today = civilDateInChina(now);
  const place = {
    id: organisation.id,
    path: organisation.path,
    kind: "COUNTY",
    leaf: true,
  } as const;
  const [period] = await listExpected({
    db,
    places: { homes: [{ ...place, alone: true }], everything: false },
    years: [year],
    today,
    where: sql`x.programme_id = ${programmeId}::int AND x.period_from = ${periodFrom}::date AND x.period_to = ${periodTo}::date`,
  });
  if (!period) return refuseField("periodFrom", { key: "nilNotExpected" });
  if (today < periodFrom) refuseField("periodFrom", { key: "nilTooEarly" });
  if (period.nil?.end === null) refuseField("periodFrom", { key: "nilTwice" });
  if (!canDeclareNil(period, today)) refuseField("periodFrom", { key: "nilRecordStands" });
  const row = {
    organisationId: organisation.id,
    programmeId,
    periodFrom,
    periodTo,
    reasonCode: reason,
    words: words || null,
    createdBy: actor.userId,
    createdAt: now,
  };
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("nil_declarations", [row])} RETURNING id::text`,
  );
  const id = made?.id ?? "";
  const body = { programme, periodFrom, periodTo, reason };
  appendAudits(tx, [{ action: "nil-declaration.create", subjectId: id, body }]);
  return toNil(await getNil({ db, scope, id }));
}

export async function withdrawNil(
  context: CommandContext & { id: string; input: WithdrawNilInput },
): Promise<NilDeclaration> {
  const { tx, db, scope, actor, now, id, input } = context;
  const nil = await getNil({ db, scope, id });
  if (!mayDeclare(actor, nil.path)) throw new AppError("FORBIDDEN");
  if (nil.version !== input.version) throw new AppError("STALE");
  if (nil.end !== null) throw new AppError("TRANSITION");
  const ended = {
    endKind: "WITHDRAWN",
    endedAt: now,
    endedBy: actor.userId,
    version: input.version + 1,
  };
  const count = await tx.run(sql`UPDATE nil_declarations ${setOf("nil_declarations", ended)}
    WHERE id = ${id}::bigint AND version = ${input.version} AND end_kind IS NULL`);
  if (count === 0) throw new AppError("STALE");
  const { programme, periodFrom, periodTo } = nil;
  const body = { programme, periodFrom, periodTo };
  appendAudits(tx, [{ action: "nil-declaration.withdraw", subjectId: id, body }]);
  return toNil(await getNil({ db, scope, id }));
}

type Keeping = { tx: Tx; db: Reader; actor: Actor };

const monthAndDay = (text: string) => text.split("-").map(Number) as [number, number];
const NO_DAYS = {
  ...{ fromMonth: null, fromDay: null, toMonth: null, toDay: null },
  ...{ dueMonth: null, dueDay: null },
};

function columnsOf(when: When) {
  const repeats = when.repeats.toUpperCase();
  if (when.repeats === "never") return { repeats, ...NO_DAYS };
  if (when.repeats === "monthly") {
    const { fromMonth, toMonth, dueDay } = when;
    if (fromMonth > toMonth) refuseField("when.toMonth", { key: "periodOrder" });
    return { repeats, ...NO_DAYS, fromMonth, toMonth, dueDay };
  }
  const [fromMonth, fromDay] = monthAndDay(when.from);
  const [toMonth, toDay] = monthAndDay(when.to);
  const [dueMonth, dueDay] = monthAndDay(when.due);
  return { repeats, fromMonth, fromDay, toMonth, toDay, dueMonth, dueDay };
}

function requireYears({ firstYear, lastYear }: Pick<Expectation, "firstYear" | "lastYear">): void {
  if (lastYear !== null && lastYear < firstYear) refuseField("lastYear", { key: "yearsOrder" });
}

/** Of one programme, root and kind one row begins with a year and a day: of two it would be chance which holds. */
async function requireFree(
  tx: Tx,
  key: { programme: string; organisation: string; owedBy: string; firstYear: number; when: When },
  id = "0",
): Promise<void> {
  const { repeats, fromMonth, fromDay } = columnsOf(key.when);
  const taken = await tx.run(sql`
    SELECT FROM expectations e JOIN programmes p ON p.id = e.programme_id JOIN organisations o ON o.id = e.organisation_id
    WHERE e.active AND p.code = ${key.programme} AND o.code = ${key.organisation} AND e.owed_by = ${key.owedBy}
      AND e.first_year = ${key.firstYear}::int AND e.repeats = ${repeats} AND e.from_month IS NOT DISTINCT FROM ${fromMonth}::int
      AND e.from_day IS NOT DISTINCT FROM ${fromDay}::int AND e.id <> ${Number(id)}`);
  if (taken > 0) refuseField("when", { key: "expectationTaken" });
}

export async function createExpectation(
  input: Keeping & { body: CreateExpectationInput },
): Promise<Expectation> {
  const { tx, db, actor, body } = input;
  requireKeeper(actor);
  const { programme, organisation, owedBy, when, firstYear, lastYear, source } = body;
  requireYears(body);
  const [ids] = await tx.rows<{ programmeId: number | null; organisationId: number | null }>(sql`
    SELECT (SELECT id FROM programmes WHERE code = ${programme} AND active) AS "programmeId",
      (SELECT id FROM organisations WHERE code = ${organisation} AND active) AS "organisationId"`);
  const unknown = (value: string) => ({ key: "unknownCode", values: { value } });
  const { programmeId = null, organisationId = null } = ids ?? {};
  if (programmeId === null) return refuseField("programme", unknown(programme));
  if (organisationId === null) return refuseField("organisation", unknown(organisation));
  await requireFree(tx, body);
  const row = { programmeId, organisationId, owedBy, ...columnsOf(when), firstYear, lastYear, source }; // prettier-ignore
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("expectations", [row])} RETURNING id::text`,
  );
  const id = found(made).id;
  appendAudits(tx, [{ action: "expectation.create", subjectId: id, body }]);
  return found(await findExpectation(db, id));
}

export async function updateExpectation(
  input: Keeping & { params: { id: string }; body: UpdateExpectationInput },
): Promise<Expectation> {
  const { tx, db, actor, params, body } = input;
  requireKeeper(actor);
  const before = found(await findExpectation(db, params.id));
  const { version, ...asked } = body;
  if (before.version !== version) throw new AppError("STALE");
  const changes = changesOf(before, asked);
  const after = { ...before, ...changes };
  requireYears(after);
  const [programme, organisation] = [before.programme.code, before.organisation.code];
  if (after.active) await requireFree(tx, { ...after, programme, organisation }, params.id);
  const { firstYear, lastYear, source, active } = after;
  const set = setOf("expectations", {
    ...columnsOf(after.when),
    ...{ firstYear, lastYear, source, active, version: version + 1 },
  });
  const count = await tx.run(
    sql`UPDATE expectations ${set} WHERE id = ${Number(params.id)} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const was = Object.fromEntries(Object.keys(changes).map((name) => [name, before[name as keyof Expectation]])); // prettier-ignore
  appendAudits(tx, [
    {
      action: "expectation.update",
      subjectId: params.id,
      body: { programme, organisation, before: was, after: changes },
    },
  ]);
  return found(await findExpectation(db, params.id));
}
