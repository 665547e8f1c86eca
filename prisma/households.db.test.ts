import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, actors, f, clerk, reviewer, province } = await lawBook();
const { bump, event, filed, happens, member, seal } = await import("@/testing/household-rows");
const { auditedAs, dropTrigger, noop, without } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { addHouseholdEvent, createHousehold } = await import("@/lib/features/households/commands");
const { keysOf } = await import("@/lib/platform/keys");

const INDEX = keysOf("INDEX")[0].id;

/** Files of the county: held and closed; and one of another county, which holds a person of its own. */
const files = { open: "", closed: "", theirs: "" };
const LAST = 2026;

async function made(organisation: string, idNumber: string) {
  const person = organisation === "630123" ? f.clerk : f.stranger;
  const member = { relation: "self", name: "才让", idNumber } as const;
  const head = { kind: "urban", level: "county", cause: "illness" } as const;
  return as(person).write((c) =>
    createHousehold({
      ...c,
      input: {
        ...head,
        otherCauses: [],
        organisation,
        filedOn: "2026-01-05",
        tier: "deep",
        members: [member],
      },
    }),
  );
}

beforeAll(async () => {
  files.open = (await made("630123", "639901198001010014")).id;
  files.theirs = (await made("632222", "639901198001010022")).id;
  const { id, version } = await made("630123", "63990119660228306X");
  await as(f.clerk).write((c) =>
    addHouseholdEvent({
      ...{ ...c, id },
      input: { version, kind: "closed", on: "2026-02-01", reason: "moved" },
    }),
  );
  files.closed = id;
}, 120_000);

/** Whom each file holds: read as the owner before, since no clerk can of another county. */
const people = new Map<string, string>();
const heldBy = (file: string) => people.get(file) ?? "";
beforeAll(async () => {
  const { rows } = await actors.owner.query<{ file: string; id: string }>(
    "SELECT household_id::text AS file, identity_id::text AS id FROM household_members",
  );
  for (const { file, id } of rows) people.set(file, id);
});

const found = (table: string, id: () => string) => async (run: Run) => {
  const column = table === "households" ? "id" : "household_id";
  return (await run(`SELECT FROM ${table} WHERE ${column} = $1`, [id()])).length > 0
    ? "found"
    : "nothing";
};

const NO_WHOLE = `${dropTrigger("whole", "households")}; ${dropTrigger("whole_insert", "households")}`;
const NO_EVENT_LAW = dropTrigger("before_insert", "household_events");
const NO_FILE_LAW = dropTrigger("before_update", "households");
const NO_ROWS = (table: string) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;
const both = (...texts: string[]) => texts.join("; ");
const TABLES = ["households", "household_members", "household_events"];

const OUTSIDE: Record<string, (x: LawFixture) => string> = {
  "the province": (x) => x.province.session,
  "another county's clerk": (x) => x.stranger.session,
  "the auditor": (x) => x.auditor.session,
};

const laws: Law<LawFixture>[] = [
  {
    law: "a file begins as filed, today or before",
    by: clerk,
    attempt: async (run) => {
      await filed(run, "630123", { filedOn: "2199-01-01" });
    },
    outcome: "NZ007",
    without: both(dropTrigger("before_insert", "households"), NO_EVENT_LAW, NO_WHOLE),
  },
  {
    law: "what happens to a file makes a version of it",
    by: clerk,
    attempt: (run) => event(run, files.open),
    outcome: "NZ004",
    without: dropTrigger("with_file_insert", "household_events"),
  },
  {
    law: "who lives there changes with the file",
    by: clerk,
    attempt: (run) => member(run, files.open),
    outcome: "NZ004",
    without: dropTrigger("with_file_insert", "household_members"),
  },
  {
    law: "who lived there goes with the file",
    by: clerk,
    attempt: async (run) => {
      await run("DELETE FROM household_members WHERE household_id = $1", [files.open]);
    },
    outcome: "NZ004",
    without: dropTrigger("with_file_delete", "household_members"),
  },
  {
    law: "nobody's older version is written over",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE households SET code = 'T-2' WHERE id = $1", [files.open]);
      await auditedAs(run, "household.update", files.open);
    },
    outcome: "NZ006",
    without: NO_FILE_LAW,
  },
  {
    law: "whose file it is stays",
    by: clerk,
    attempt: (run) => bump(run, files.open, ", created_at = now()"),
    outcome: "NZ004",
    without: NO_FILE_LAW,
  },
  {
    law: "a closed file does not change",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE households SET version = version + 1 WHERE id = $1", [files.closed]);
      await auditedAs(run, "household.event", files.closed);
    },
    outcome: "NZ007",
    without: NO_FILE_LAW,
  },
  {
    law: "a file is never deleted",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM household_events WHERE household_id = $1", [files.closed]);
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "household_events"),
  },
  {
    law: "what happened is never changed",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE household_events SET happened_on = '2026-01-01' WHERE household_id = $1", [
        files.closed,
      ]);
    },
    outcome: "NZ004",
    without: dropTrigger("only_resealed", "household_events"),
  },
  {
    law: "a change of a file is audited",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE households SET version = version + 1 WHERE id = $1", [files.open]);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "households"),
    // and an unaudited change is accepted by nothing else
    then: "accepted",
  },
  {
    law: "events come one after another",
    by: clerk,
    attempt: (run) => happens(run, files.open, { no: 3 }, ", follow_up_on = NULL"),
    outcome: "NZ007",
    without: NO_EVENT_LAW,
  },
  {
    law: "a file falls back only from having been lifted",
    by: clerk,
    attempt: (run) =>
      happens(run, files.open, { kind: "RETURNED", reason: "ILLNESS", year: LAST, tier: "DEEP" }, ", status = 'RETURNED'"), // prettier-ignore
    outcome: "NZ007",
    without: NO_EVENT_LAW,
  },
  {
    law: "nothing of a file lies in the future",
    by: clerk,
    attempt: (run) => happens(run, files.open, { on: "2199-01-01" }),
    outcome: "23514",
    without: NO_EVENT_LAW,
  },
  {
    law: "a file is not turned before it was turned last",
    by: clerk,
    attempt: (run) =>
      happens(run, files.open, { kind: "CLOSED", reason: "MOVED", on: "2026-01-01" }, ", status = 'CLOSED'"), // prettier-ignore
    outcome: "23514",
    without: NO_EVENT_LAW,
  },
  {
    law: "a file is lifted with a day to look again",
    by: clerk,
    attempt: (run) =>
      happens(run, files.open, { kind: "LIFTED", reason: "EMPLOYED" }, ", status = 'LIFTED'"),
    outcome: "23514",
    without: without("household_events_follow_up_check", "household_events"),
  },
  {
    law: "a turn has its reason",
    by: clerk,
    attempt: (run) => happens(run, files.open, { kind: "CLOSED" }, ", status = 'CLOSED'"),
    outcome: "23514",
    without: without("household_events_reason_check", "household_events"),
  },
  {
    law: "a file says what its events come to",
    by: clerk,
    attempt: (run) => bump(run, files.open, ", status = 'LIFTED'"),
    outcome: "NZ001",
    without: NO_WHOLE,
  },
  {
    law: "the tier is what was stated last of the latest year",
    by: clerk,
    attempt: (run) => bump(run, files.open, ", tier = 'RELATIVE'"),
    outcome: "NZ001",
    without: NO_WHOLE,
  },
  {
    law: "a file has its holder",
    by: clerk,
    attempt: async (run) => {
      await bump(run, files.open);
      await run("DELETE FROM household_members WHERE household_id = $1", [files.open]);
    },
    outcome: "NZ001",
    without: NO_WHOLE,
  },
  ...[() => heldBy(files.open), () => heldBy(files.theirs)].map((held, n): Law<LawFixture> => ({
    law: `nobody is held by two files, ${n === 0 ? "of one county" : "nor of two"}`,
    by: clerk,
    attempt: async (run) => {
      const identity = held();
      const id = await filed(run, "630123");
      await bump(run, id);
      await member(run, id, { identity });
    },
    outcome: "NZ041",
    without: `${dropTrigger("held_people", "household_members")}; ${NO_WHOLE}`,
  })),
  {
    law: "nobody stands twice in one file",
    by: clerk,
    attempt: async (run) => {
      const own = heldBy(files.open);
      await bump(run, files.open);
      await member(run, files.open, { identity: own });
    },
    outcome: "23505",
    without: "DROP INDEX household_members_household_id_identity_id_key",
  },
  {
    law: "nothing of a file is sealed by a key that is not in use",
    by: clerk,
    attempt: (run) => happens(run, files.open, { key: "deadbeef" }),
    outcome: "NZ022",
    without: dropTrigger("sealed_insert", "household_events"),
  },
  ...["households", "household_members"].map((table): Law<LawFixture> => ({
    law: `${table}: the rest of the national list is sealed by the row's own key`,
    by: clerk,
    attempt: async (run) => {
      const details = seal("deadbeef");
      if (table === "households") return bump(run, files.open, `, details = '${details}'`);
      await bump(run, files.open);
      await member(run, files.open, { details });
    },
    outcome: "23514",
    without: without(`${table}_details_check`, table),
  })),
  {
    law: "nobody is found again by a key that is not in use",
    by: clerk,
    attempt: async (run) => {
      await bump(run, files.open);
      await member(run, files.open, { index: "deadbeef" });
    },
    outcome: "NZ022",
    without: dropTrigger("digested_insert", "household_members"),
  },
  {
    law: "a code says no number of a document or telephone",
    by: clerk,
    attempt: (run) => bump(run, files.open, ", code = '13909712345'"),
    outcome: "23514",
    without: without("households_code_check", "households"),
  },
  {
    law: "a clerk files for their own organisation alone",
    by: clerk,
    attempt: async (run) => {
      await filed(run, "632222");
    },
    outcome: "42501",
    without: TABLES.map(NO_ROWS).join("; "),
  },
  {
    law: "a reviewer files nothing",
    by: reviewer,
    attempt: async (run) => {
      await filed(run, "630123");
    },
    outcome: "42501",
    without: TABLES.map(NO_ROWS).join("; "),
  },
  ...TABLES.flatMap((table) =>
    Object.entries(OUTSIDE).map(([who, by]): Law<LawFixture> => ({
      law: `${table}: ${who} sees no row`,
      by,
      attempt: found(table, () => files.open),
      outcome: "nothing",
      without: NO_ROWS(table),
      then: "found",
    })),
  ),
  ...["household_people", "household_refusals", "household_reveals"].map(
    (table): Law<LawFixture> => ({
      law: `${table} is closed to the application`,
      by: clerk,
      attempt: async (run) => {
        await run(`SELECT FROM ${table}`);
      },
      outcome: "42501",
      without: `GRANT SELECT ON ${table} TO nuanzhang_app`,
    }),
  ),
  {
    law: "the province looks behind no mask",
    by: province,
    attempt: async (run) => {
      await run("SELECT guard.reveal_household($1, '{name}', 'VISIT')", [files.open]);
    },
    outcome: "42501",
    without: rewrite("works_for(int, text[])", "guard.homes(p_roles)", "guard.reading_homes()"),
  },
  {
    law: "administrators count no file",
    by: (x) => x.admin.session,
    attempt: async (run) =>
      (await run("SELECT FROM guard.household_sums(2026)")).length > 0 ? "found" : "nothing",
    outcome: "nothing",
    without: rewrite(
      "household_sums(int)",
      "guard.reading_homes()",
      "ARRAY(SELECT id FROM organisations)",
    ),
    then: "found",
  },
  ...[
    `SELECT * FROM guard.digested_before('household_members', '${INDEX}', gen_random_uuid(), 1)`,
    `SELECT guard.digest_anew('household_members', '${INDEX}', '[]')`,
  ].map((text): Law<LawFixture> => ({
    law: `only the job that changes keys does: ${text.slice(7, 40)}`,
    by: clerk,
    attempt: async (run) => {
      await run(text);
    },
    outcome: "42501",
    without: noop("require_rotation()"),
  })),
];

testLaws(database, () => f, laws);
