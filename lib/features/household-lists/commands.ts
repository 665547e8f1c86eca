import "server-only";
import { mayFile } from "@/lib/features/households/policy";
import { judgeFile, type JudgedFile } from "@/lib/features/households/rules";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { seriesOf } from "@/lib/kernel/id-number";
import { reaches } from "@/lib/kernel/scope";
import { sql, type WriteContext } from "@/lib/platform/db";
import { digestsOf } from "@/lib/platform/sealing";
import { lineOfField } from "./rules";
import type { ImportHouseholdsInput, ImportOutcome, ListedHousehold } from "./types";

type Context = WriteContext & { now: Date };
/** What files a set: the command of its own room, handed in by the door. */
type File = (
  context: Context & { organisation: string; files: readonly JudgedFile[]; origin: "imported" },
) => Promise<readonly { code: string }[]>;
type Read = JudgedFile & { lines: readonly number[] };

/** Faults of each, as the form would say them; a number or a code that stands in two households of the list is of the first. */
function readAll(households: readonly ListedHousehold[], today: string): Read[] {
  const seen = new Map<string, number>();
  const said = (what: string, value: string, line: number): number | undefined => {
    const before = seen.get(`${what} ${value}`);
    if (before === undefined) seen.set(`${what} ${value}`, line);
    return before;
  };
  return households.map(({ lines, input }) => {
    const { members, faults } = judgeFile(input, today);
    const own: FieldErrors = { ...faults };
    const code = input.code?.trim();
    const coded = code ? said("code", code, lines[0] ?? 0) : undefined;
    if (coded !== undefined) own["code"] ??= [{ key: "codeInList", values: { line: coded } }];
    members.forEach(({ document }, n) => {
      const line = document ? said("number", document.number, lines[n] ?? 0) : undefined;
      if (line !== undefined) own[`members.${n}.idNumber`] ??= [{ key: "twiceInList", values: { line } }]; // prettier-ignore
    });
    return { lines, input, members, faults: own };
  });
}

const documentsOf = (reads: readonly Read[]) =>
  reads.flatMap(({ members }, n) =>
    members.flatMap(({ document }) =>
      document
        ? [{ n, digests: digestsOf("identity", seriesOf(document.kind), document.number) }]
        : [],
    ),
  );

/** Of a code: the file is there, within reach; of none: elsewhere, or not asked after any more today. */
type Held = { code: string | null; asked: boolean };

/** Which of them has a file: by its people within reach, by its number, and when it is to be filed, anywhere. */
async function heldFiles(
  { db }: Context,
  place: { id: number },
  { reads, asks }: { reads: readonly Read[]; asks: boolean },
): Promise<Map<number, Held>> {
  const codes = reads.map(({ input }) => input.code?.trim() ?? "");
  const byCode = await db.rows<{ code: string }>(sql`
    SELECT h.code FROM households h WHERE h.organisation_id = ${place.id}::int AND h.code = ANY (${codes}::text[])`);
  const taken = new Set(byCode.map(({ code }) => code));
  const documents = JSON.stringify(documentsOf(reads));
  const byPeople = await db.rows<Held & { n: number }>(sql`
    SELECT n, code, asked FROM guard.files_holding(${place.id}::int, ${documents}::jsonb, ${asks}::boolean)`);
  const held = new Map(byPeople.map(({ n, ...one }) => [n, one]));
  codes.forEach((code, n) => taken.has(code) && held.set(n, { code, asked: true }));
  return held;
}

function outcomeOf({ lines, faults }: Read, held: Held | undefined): ImportOutcome {
  const line = lines[0] ?? 0;
  const told = Object.entries(faults).flatMap(([path, errors]) =>
    errors.map(({ key, values = {} }) => ({
      ...lineOfField(lines, path),
      ...{ key, values: values as Record<string, string | number> },
    })),
  );
  if (told.length > 0) return { line, outcome: "faulty", code: null, faults: told };
  if (held === undefined) return { line, outcome: "new", code: null, faults: [] };
  if (held.code !== null) return { line, outcome: "exists", code: held.code, faults: [] };
  return { line, outcome: held.asked ? "elsewhere" : "later", code: null, faults: [] };
}

/** Files what has no fault and no file; looked through first, it keeps nothing. No value is told again. */
export async function importHouseholds(
  context: Context & { input: ImportHouseholdsInput; file: File },
): Promise<{ results: ImportOutcome[] }> {
  const { db, scope, actor, now, input, file } = context;
  const { organisation, dry, households } = input;
  const [place] = await db.rows<{ id: number; path: string }>(
    sql`SELECT id, path FROM organisations WHERE code = ${organisation}`,
  );
  if (!place || !reaches(scope, place.path)) throw new AppError("NOT_FOUND");
  if (!mayFile(actor, place.path)) throw new AppError("FORBIDDEN");
  const reads = readAll(households, civilDateInChina(now));
  const sound = reads.filter(({ faults }) => Object.keys(faults).length === 0);
  const held = await heldFiles(context, place, { reads: sound, asks: !dry });
  const results = reads.map((read) => outcomeOf(read, held.get(sound.indexOf(read))));
  if (dry) return { results };
  const fresh = results.flatMap(({ outcome }, n) => (outcome === "new" ? [n] : []));
  const files = fresh.flatMap((n) => reads[n] ?? []);
  const filed = files.length === 0 ? [] : await file({ ...context, organisation, files, origin: "imported" }); // prettier-ignore
  const codes = new Map(fresh.map((n, at) => [n, filed[at]?.code ?? null]));
  return {
    results: results.map((one, n) =>
      codes.has(n) ? { ...one, outcome: "created" as const, code: codes.get(n) ?? null } : one,
    ),
  };
}
