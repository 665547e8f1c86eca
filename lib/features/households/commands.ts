import "server-only";
import { randomUUID } from "node:crypto";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { visibleText } from "@/lib/kernel/typed-text";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type WriteContext } from "@/lib/platform/db";
import { mayFile, mayWriteFile } from "./policy";
import { findHousehold, householdOf, openHousehold, type HouseholdRecord } from "./queries";
import { fileAfter, headFaults, judgeFile, readDetails, readEvent, readMembers, takes, type JudgedFile, type Member } from "./rules"; // prettier-ignore
import { insertEvents, insertHouseholds, insertMembers, nextCodes, nextEventNo, replaceMembers, turnHousehold, updateHousehold } from "./statements"; // prettier-ignore
import { HOME_DETAILS, type RevealedField } from "./labels";
import type {
  CreateHouseholdInput,
  EventInput,
  Household,
  Revealed,
  RevealInput,
  UpdateHouseholdInput,
} from "./types";

type Context = WriteContext & { now: Date };
type OfOne = Context & { id: string };

function refuse(faults: FieldErrors) {
  if (Object.keys(faults).length > 0) throw new AppError("VALIDATION", { fieldErrors: faults });
}

const given = (text: string | null | undefined) => visibleText(text ?? "") || null;
/** Sentences keep their signs as they were written. */
const said = (text: string | null | undefined) => text?.trim() || null;
const documented = (members: readonly Member[]) =>
  members.filter(({ document }) => document !== null).length;

const answer = async (context: Context, id: string): Promise<Household> =>
  householdOf(
    { ...context, today: civilDateInChina(context.now) },
    await findHousehold({ ...context, id }),
  );

async function findPlace({ db, scope }: Context, code: string) {
  const [place] = await db.rows<{ id: number; code: string; path: string; active: boolean }>(
    sql`SELECT id, code, path, active FROM organisations WHERE code = ${code}`,
  );
  if (!place || !reaches(scope, place.path)) throw new AppError("NOT_FOUND");
  return place;
}

type Filed = { id: string; code: string };
type FilingSet = Context & {
  organisation: string;
  files: readonly JudgedFile[];
  origin: Household["origin"];
};

/** Codes that were given stay; the others follow the last there is. In the order of the files. */
async function codesOf({ tx, files }: FilingSet, place: { id: number; code: string }) {
  const said = files.map(({ input }) => given(input.code));
  const brought = said.filter((code) => code !== null);
  const fresh = await nextCodes(tx, place, { count: said.length - brought.length, brought });
  return said.map((code) => code ?? fresh.shift() ?? "");
}

const NOTHING_BESIDE = { reason: null, consent: null, dueOn: null, visitors: null, note: null };

/**
 * 建档: files with their members and their first event, as a set; one is a set of one. The chain is told of each how many
 * there are, and no name: whom it names stands in the commitments that its digest covers.
 */
export async function fileHouseholds(context: FilingSet): Promise<Filed[]> {
  const { tx, actor, now, organisation, files, origin } = context;
  const place = await findPlace(context, organisation);
  if (!mayFile(actor, place.path)) throw new AppError("FORBIDDEN");
  for (const { faults } of files)
    refuse({ ...faults, ...(place.active ? {} : { organisation: [{ key: "inactive" }] }) });
  const codes = await codesOf(context, place);
  const all = files.map(({ input, members }, n) => {
    const { kind, level, cause, otherCauses, filedOn, tier } = input;
    const head = {
      ...{ code: codes[n] ?? "", kind, level, cause, otherCauses, address: said(input.address) },
      details: readDetails(HOME_DETAILS, input.details).details,
      ...{ tier, tierYear: yearOf(filedOn), followUpOn: null, status: "open" as const },
    };
    const of = { id: randomUUID(), organisationId: place.id };
    return { ...of, ...head, filedOn, origin, by: actor.userId, members };
  });
  await insertHouseholds(tx, all, now);
  await insertMembers(tx, all);
  const events = all.map(({ id, organisationId, by, filedOn, tier, tierYear }) => ({
    ...{ id, organisationId, by, no: 1 },
    event: { kind: "filed" as const, on: filedOn, year: tierYear, tier, ...NOTHING_BESIDE },
  }));
  await insertEvents(tx, events, now);
  appendAudits(
    tx,
    all.map(({ id, code, kind, level, tier, filedOn, members }) => ({
      action: "household.create",
      subjectId: id,
      body: {
        ...{ organisation: place.code, code, kind, level, tier, filedOn },
        ...{ members: members.length, documented: documented(members) },
      },
    })),
  );
  return all.map(({ id, code }) => ({ id, code }));
}

/** One, and the file as whoever made it sees it. */
export async function createHousehold(
  context: Context & { input: CreateHouseholdInput; origin?: "demo" },
): Promise<Household> {
  const { origin = "entered" } = context;
  const { organisation, ...input } = context.input;
  const files = [judgeFile(input, civilDateInChina(context.now))];
  const [filed] = await fileHouseholds({ ...context, organisation, files, origin });
  return answer(context, filed?.id ?? "");
}

/** Refused by policy before by version: a stranger learns only that it is not theirs. */
async function findOwn(context: OfOne, version: number): Promise<HouseholdRecord> {
  const record = await findHousehold(context);
  if (!mayFile(context.actor, record.organisationPath)) throw new AppError("FORBIDDEN");
  if (record.version !== version) throw new AppError("STALE");
  if (!mayWriteFile(context.actor, record)) throw new AppError("TRANSITION");
  return record;
}

/** What the file says, its members together. Where a field does not open, writing would lose it. */
export async function changeHousehold(
  context: OfOne & { input: UpdateHouseholdInput },
): Promise<Household> {
  const { tx, db, now, id, input } = context;
  const record = await findOwn(context, input.version);
  const { unreadable } = await openHousehold(db, record);
  const { members, faults } = readMembers(input.members, civilDateInChina(now));
  refuse({
    ...faults,
    ...headFaults(input),
    ...(unreadable ? { members: [{ key: "unreadable" }] } : {}),
  });
  const { version, kind, level, cause, otherCauses } = input;
  const code = given(input.code) ?? record.code;
  const address = said(input.address);
  const { details } = readDetails(HOME_DETAILS, input.details);
  await updateHousehold(tx, { ...record, code, kind, level, cause, otherCauses, address, details, version }, now); // prettier-ignore
  await replaceMembers(tx, record, members);
  appendAudits(tx, [
    {
      action: "household.update",
      subjectId: id,
      body: {
        ...{ code, kind, level, version: version + 1 },
        ...{ members: members.length, documented: documented(members) },
      },
    },
  ]);
  return answer(context, id);
}

/** The last day on which the file was turned. */
async function turnedOn({ db, id }: OfOne): Promise<string> {
  const [row] = await db.rows<{ on: string }>(sql`
    SELECT max(happened_on)::text AS on FROM household_events
    WHERE household_id = ${id}::uuid AND kind IN ('FILED', 'LIFTED', 'RETURNED', 'CLOSED')`);
  return row?.on ?? "";
}

/** One more event, and what the file says of itself after it. */
export async function addHouseholdEvent(
  context: OfOne & { input: EventInput },
): Promise<Household> {
  const { tx, actor, now, id, input } = context;
  const record = await findOwn(context, input.version);
  if (!takes(record.status).includes(input.kind)) throw new AppError("TRANSITION");
  const file = { turnedOn: await turnedOn(context) };
  const { event, faults } = readEvent(input, file, civilDateInChina(now));
  refuse(faults);
  await turnHousehold(tx, { ...record, ...fileAfter(record, event) }, now);
  const no = await nextEventNo(tx, id);
  await insertEvents(tx, [{ ...record, no, by: actor.userId, event }], now);
  const { kind, on, year, tier, reason, consent, dueOn } = event;
  appendAudits(tx, [
    {
      action: "household.event",
      subjectId: id,
      body: { kind, on, year, tier, reason, consent, dueOn, version: record.version + 1 },
    },
  ]);
  return answer(context, id);
}

const OF_MEMBERS = ["name", "idNumber", "born", "phone", "health", "workplace"] as const;

/** Behind the mask: said in the chain and counted by the database before anything is opened. */
export async function revealHousehold(context: OfOne & { input: RevealInput }): Promise<Revealed> {
  const { db, id, input } = context;
  const record = await findHousehold(context);
  if (record.forgotten) throw new AppError("TRANSITION");
  const fields = [...new Set<RevealedField>(input.fields)];
  const [row] = await db.rows<{ today: number }>(sql`
    SELECT guard.reveal_household(${id}::uuid, ${fields}::text[], ${input.reason.toUpperCase()}) AS today`);
  const { members, events, address, details } = await openHousehold(db, record);
  return {
    members: members.map((member) =>
      Object.fromEntries(
        OF_MEMBERS.filter((field) => fields.includes(field)).map((field) => [field, member[field]]),
      ),
    ),
    address: fields.includes("address") ? address : null,
    notes: fields.includes("notes")
      ? events
          .filter(({ visitors, note }) => visitors !== null || note !== null)
          .map(({ no, visitors, note }) => ({ no, visitors, note }))
      : [],
    details: fields.includes("details") ? { home: details, members: members.map((member) => member.details) } : null, // prettier-ignore
    papers: fields.includes("papers"),
    today: row?.today ?? 0,
  };
}
