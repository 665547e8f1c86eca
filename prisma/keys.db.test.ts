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
const { addHouseholdEvent, createHousehold } = await import("@/lib/features/households/commands");
const { SEALED_TABLES } = await import("@/lib/features/keys/rules");
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
  const { findHouseholds, getHousehold } = await import("@/lib/features/households/queries");
  const db = await import("@/lib/platform/db");
  return { ...check, ...keys, ...queries, ...db, findHouseholds, getHousehold };
}

let serial = 0;
const number = () => {
  serial += 1;
  const seventeen = `6399011980010${1 + Math.floor(serial / 900)}${100 + (serial % 900)}`;
  return seventeen + checkDigitOf(seventeen);
};
/** People who go on typing until they are told that their keys are no longer in use, or have had enough. */
async function typing(writers: number): Promise<{ ids: string[]; told: string[] }> {
  const ids: string[] = [];
  const told: string[] = [];
  const types = async () => {
    while (ids.length < 200)
      try {
        ids.push(await rostered(2));
      } catch (error) {
        told.push((error as { code?: string }).code ?? String(error));
        return;
      }
  };
  await Promise.all(Array.from({ length: writers }, types));
  return { ids, told };
}
async function rostered(lines: number) {
  const { id, version } = await as(clerk).create();
  const input = { version, lines: Array.from({ length: lines }, () => ({ name: "才让卓玛", idNumber: number(), phone: "13909712345", note: "无" })) }; // prettier-ignore
  await as(clerk).write((c) => putRoster({ ...c, id, input }));
  return id;
}

/** A household file, and a visit to it. */
async function filed() {
  const members = [
    { relation: "self", name: "才让卓玛", idNumber: number(), health: "慢性病" } as const,
  ];
  const head = { kind: "urban", level: "county", cause: "illness", tier: "deep" } as const;
  const made = await as(clerk).write((c) =>
    createHousehold({
      ...c,
      input: {
        ...head,
        organisation: "630123",
        filedOn: "2026-03-01",
        otherCauses: [],
        address: "某巷",
        members,
      },
    }),
  );
  const input = { version: made.version, kind: "visit", on: "2026-04-01", note: "已入户" } as const;
  await as(clerk).write((c) => addHouseholdEvent({ ...c, id: made.id, input }));
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

test("both halves of the list of sealed tables say the same, and nothing sealed stands outside it", async () => {
  const { rows: kept } = await owner.query(
    "SELECT name, seals, identified, digests FROM guard.sealed_tables() ORDER BY name",
  );
  const opened = SEALED_TABLES.map(({ table, seals, document, digests }) => ({
    name: table,
    seals,
    identified: document !== undefined,
    digests: Object.keys(digests ?? {}),
  }));
  expect(opened.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(kept);
  // whatever names its key is sealed, and each of its seals holds the key's number itself
  const { rows: keyed } = await owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'key_id'
       AND table_name NOT IN ('person_keys', 'sealing_keys') ORDER BY 1`,
  );
  expect(keyed.map(({ name }) => name)).toEqual(opened.map(({ name }) => name));
  await expect(owner.query("SELECT guard.seals_of('credentials')")).rejects.toMatchObject({
    code: "42501",
  });
});

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
  for (let n = 0; n < 12; n += 1) await filed();
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
  // while the last of them runs, three go on typing under the old keys, until these are retired
  worker = await testWorker(database);
  const [meanwhile] = await Promise.all([
    typing(3),
    (async () => {
      await ended(job);
      for (let next = await ask(); next; next = await ask())
        if ((await ended(next)).left === 0) return;
    })(),
  ]);
  ids.push(...meanwhile.ids);
  const more = 15 + 2 * meanwhile.ids.length;
  expect(meanwhile.ids.length).toBeGreaterThan(0);
  expect(meanwhile.told.filter((code) => code !== "BUSY")).toEqual([]);
  expect(await under("roster_lines", oldField)).toBe(0);
  expect(await under("person_keys", oldIndex)).toBe(0);
  for (const table of ["households", "household_members", "household_events"])
    expect(await under(table, oldField), table).toBe(0);
  expect(await counted("SELECT count(*) AS n FROM household_members WHERE index_key_id = $1", oldIndex)).toBe(0); // prettier-ignore
  expect(await under("roster_lines", field)).toBe(lines + more);
  // and every line is compared by the newest key alone
  expect(await counted("SELECT count(*) AS n FROM roster_marks WHERE index_key_id <> $1", index)).toBe(0); // prettier-ignore
  expect(await counted("SELECT count(DISTINCT line_id) AS n FROM roster_marks")).toBe(lines + more);
  expect(await under("person_keys", index)).toBe(people + more);
  expect(await counted("SELECT guard.faults_of_records_are_as_audited() + guard.faults_of_seals_have_keys() + guard.faults_of_subjects_are_as_audited() AS n")).toBe(0); // prettier-ignore

  // whoever still has the old keys alone takes nothing in any more, and says so
  await expect(rostered(1)).rejects.toMatchObject({ code: "BUSY" });
  give(NEW);
  const fresh = await anew();
  expect(await fresh.meetKeys()).toBe(false);
  for (const one of ids) {
    const roster = await fresh.readAs(clerk.session, (c) => fresh.getRoster({ ...c, id: one }));
    expect(roster.lines?.every((line) => line.name === "才让卓玛" && !line.unreadable)).toBe(true);
  }
  const today = "2026-11-27";
  const input = { name: "才让卓玛", code: null, idNumber: null };
  const found = await fresh.readAs(clerk.session, (c) =>
    fresh.findHouseholds({ ...c, today, input }),
  );
  expect(found.items).toHaveLength(12);
  const [{ id = "" } = {}] = found.items;
  const file = await fresh.readAs(clerk.session, (c) => fresh.getHousehold({ ...c, id, today }));
  expect(file).toMatchObject({
    address: "某巷",
    unreadable: false,
    members: [{ health: "慢性病" }],
  });
  expect(file.events.at(-1)?.note).toBe("已入户");
  await Promise.all([process.closeDb(), fresh.closeDb()]);
}, 240_000);
