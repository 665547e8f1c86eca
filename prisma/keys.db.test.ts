import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { as } from "@/testing/records";
import { testWorker, type TestWorker } from "@/testing/worker";

// Keys are changed while people go on typing: this process is a node that still has the old keys alone, the worker
// has the new ones before them.
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const { putRoster } = await import("@/lib/features/rosters/commands");
const { keysOf } = await import("@/lib/platform/keys");
const { meetKeys } = await import("@/lib/platform/key-check");
const OLD = { field: process.env["NUANZHANG_FIELD_KEYS"] ?? "", index: process.env["NUANZHANG_INDEX_KEYS"] ?? "" }; // prettier-ignore
const NEW = {
  field: "a newer key of the fields for tests alone",
  index: "a newer key of the indexes for tests",
};
const [{ id: oldField }, { id: oldIndex }] = [keysOf("FIELD")[0], keysOf("INDEX")[0]];
let clerk: TestPerson;
let worker: TestWorker | undefined;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
});
afterEach(async () => {
  give(OLD);
  await worker?.kill();
  worker = undefined;
});

/** What a process that is started from now on is given. */
function give(keys: { field: string; index: string }) {
  vi.stubEnv("NUANZHANG_FIELD_KEYS", keys.field);
  vi.stubEnv("NUANZHANG_INDEX_KEYS", keys.index);
}

/** As a process that was started with what is given now. */
async function anew() {
  vi.resetModules();
  const check = await import("@/lib/platform/key-check");
  const keys = await import("@/lib/platform/keys");
  const queries = await import("@/lib/features/rosters/queries");
  const db = await import("@/lib/platform/db");
  return { ...check, ...keys, ...queries, ...db };
}

let serial = 0;
const number = () => {
  serial += 1;
  const seventeen = `6399011980010${1 + Math.floor(serial / 900)}${100 + (serial % 900)}`;
  return seventeen + checkDigitOf(seventeen);
};
async function rostered(lines: number) {
  const { id, version } = await as(clerk).create();
  const input = { version, lines: Array.from({ length: lines }, () => ({ name: "才让卓玛", idNumber: number(), phone: "13909712345", note: "无" })) }; // prettier-ignore
  await as(clerk).write((c) => putRoster({ ...c, id, input }));
  return id;
}

const counted = async (text: string, ...values: unknown[]) => {
  const { rows } = await owner.query<{ n: string }>(text, values);
  return Number(rows[0]?.n);
};
const under = (table: string, key: string) =>
  counted(`SELECT count(*) AS n FROM ${table} WHERE key_id = $1`, key);
const ask = async () =>
  (await owner.query<{ id: string | null }>("SELECT guard.ask_system_job('KEYS')::text AS id"))
    .rows[0]?.id;
const ended = (id: string) =>
  vi.waitFor(
    async () => {
      const { rows } = await owner.query("SELECT status, message_values FROM jobs WHERE id = $1", [
        id,
      ]);
      expect(rows).toMatchObject([{ status: "DONE" }]);
      return (rows[0] as { message_values: { count: number; left: number } }).message_values;
    },
    { timeout: 90_000, interval: 100 },
  );

test("a start with keys that open what is there is a start; any other says which key lacks, and writes nothing", async () => {
  await rostered(3);
  expect(await meetKeys()).toBe(false);
  const before = await counted("SELECT count(*) AS n FROM sealing_keys");
  for (const [keys, said] of [
    [{ ...OLD, field: NEW.field }, `NUANZHANG_FIELD_KEYS lacks key ${oldField}`],
    [{ ...OLD, index: NEW.index }, `NUANZHANG_INDEX_KEYS lacks key ${oldIndex}`],
    [{ ...OLD, field: "" }, "NUANZHANG_FIELD_KEYS is missing"],
  ] as const) {
    give(keys);
    const process = await anew();
    await expect(process.meetKeys()).rejects.toThrow(said);
    await expect(process.meetKeys()).rejects.toThrow(/readable without it|missing/);
  }
  expect(await counted("SELECT count(*) AS n FROM sealing_keys")).toBe(before);
});

test("without its key a line is a line: sums stand, names are said to be unreadable", async () => {
  const id = await rostered(2);
  give({ ...OLD, field: NEW.field });
  const process = await anew();
  const roster = await process.readAs(clerk.session, (c) => process.getRoster({ ...c, id }));
  expect(roster).toMatchObject({ sums: { lines: 2, documented: 2 } });
  expect(roster.lines?.[0]).toMatchObject({
    name: null,
    idNumber: null,
    unreadable: true,
    persons: 1,
  });
  await process.closeDb();
});

test("changed under load and killed on the way: nothing is left behind, and nobody is lost", async () => {
  const ids = [];
  for (let n = 0; n < 30; n += 1) ids.push(await rostered(40));
  const lines = await counted("SELECT count(*) AS n FROM roster_lines");
  const people = await counted("SELECT count(DISTINCT identity_id) AS n FROM person_keys");
  give({ field: `${NEW.field},${OLD.field}`, index: `${NEW.index},${OLD.index}` });
  const process = await anew();
  const [{ id: field }, { id: index }] = [process.keysOf("FIELD")[0], process.keysOf("INDEX")[0]];
  const job = (await ask()) ?? "";
  // killed in the middle, again and again: a lock on one line holds it there
  for (let round = 0; round < 3; round += 1) {
    await owner.query("BEGIN");
    await owner.query(
      "SELECT FROM roster_lines WHERE id = (SELECT max(id::text)::uuid FROM roster_lines) FOR UPDATE",
    );
    worker = await testWorker(database);
    await vi.waitFor(async () => expect(await under("roster_lines", field)).toBeGreaterThan(0), {
      timeout: 60_000,
      interval: 50,
    });
    await worker.kill();
    await owner.query("COMMIT");
    // a node with the old keys goes on in between
    ids.push(await rostered(5));
  }
  await owner.query("UPDATE jobs SET attempts = 0 WHERE id = $1", [job]);
  worker = await testWorker(database);
  await ended(job);
  const last = await ask();
  if (last) expect(await ended(last)).toMatchObject({ left: 0 });
  expect(await under("roster_lines", oldField)).toBe(0);
  expect(await under("person_keys", oldIndex)).toBe(0);
  expect(await under("roster_lines", field)).toBe(lines + 15);
  expect(await under("person_keys", index)).toBe(people + 15);
  expect(await counted("SELECT guard.faults_of_records_are_as_audited() + guard.faults_of_seals_have_keys() AS n")).toBe(0); // prettier-ignore

  // whoever still has the old keys alone takes nothing in any more, and says so
  await expect(rostered(1)).rejects.toMatchObject({ code: "BUSY" });
  give(NEW);
  const fresh = await anew();
  expect(await fresh.meetKeys()).toBe(false);
  for (const one of ids) {
    const roster = await fresh.readAs(clerk.session, (c) => fresh.getRoster({ ...c, id: one }));
    expect(roster.lines?.every((line) => line.name === "才让卓玛" && !line.unreadable)).toBe(true);
  }
  await Promise.all([process.closeDb(), fresh.closeDb()]);
}, 240_000);
