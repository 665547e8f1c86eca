import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import type { LineInput } from "@/lib/features/rosters/types";
import type { TestPerson } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger, noop, submit, without } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { putRoster } = await import("@/lib/features/rosters/commands");
const { keysOf } = await import("@/lib/platform/keys");

const KEY = keysOf("FIELD")[0].id;
const seal = (key = KEY) => `\\x0101${key}${"00".repeat(60)}`;

/** Drafts with a roster: of the county, of another county with the same document, and one that does not add up. */
let listed = "";
let elsewhere = "";
let short = "";

async function rostered(person: TestPerson, line: Partial<LineInput> = {}): Promise<string> {
  const shares = [{ fundSource: "county-union", amountFen: "100" }];
  const draft = await as(person).create({ amountFen: "100", counts: { persons: 1 }, shares });
  const lines = [{ name: "才让", idNumber: "639901198001010014", amountFen: "100", ...line }];
  const { id, version } = draft;
  await as(person).write((c) => putRoster({ ...c, id, input: { version, lines } }));
  return id;
}

beforeAll(async () => {
  elsewhere = await rostered(f.stranger);
  const { version } = await as(f.stranger).get(elsewhere);
  await as(f.stranger).submit({ id: elsewhere, version });
  listed = await rostered(f.clerk);
  short = await rostered(f.clerk, { amountFen: "99", idNumber: null });
}, 120_000);

type Columns = { key?: string; nonce?: string; sets?: string };
const insert = (run: Run, id: string, { key = KEY, nonce = key }: Columns = {}) =>
  run(
    `INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, nonce, persons, commitment, key_id)
     SELECT $1, d.id, coalesce(d.organisation_id, 0), 900, $3, $4, 1, decode(repeat('00', 32), 'hex'), $5
     FROM (SELECT $2::bigint AS id) x LEFT JOIN disbursements d ON d.id = x.id`,
    [randomUUID(), id, seal(key), seal(nonce), key],
  );
const edit = async (run: Run, id: string) => {
  await run("UPDATE disbursements SET version = version + 1 WHERE id = $1", [id]);
  await auditedAs(run, "disbursement.roster", id);
};
/** An edit of the record, and a line with it. */
const list = async (run: Run, id: string, columns: Columns = {}) => {
  await edit(run, id);
  await insert(run, id, columns);
};
const found = (id: () => string) => async (run: Run) =>
  (await run("SELECT FROM roster_lines WHERE disbursement_id = $1", [id()])).length > 0 ? "found" : "nothing"; // prettier-ignore
const reads = (table: string) => async (run: Run) => {
  await run(`SELECT FROM ${table}`);
};

const NO_INSERT_LAW = dropTrigger("editable_insert", "roster_lines");
const NO_KEY_LAW = dropTrigger("sealed_insert", "roster_lines");
const NO_WALL = "ALTER TABLE roster_lines DISABLE ROW LEVEL SECURITY";
const CLOSED = [
  "roster_marks",
  "person_keys",
  "aid_claims",
  "claim_refusals",
  "sealing_keys",
  "claim_periods",
];
const IDENTIFY = (key: string) =>
  `SELECT * FROM guard.identities_of('[{"n": 0, "digests": [{"keyId": "${key}", "digest": "${"ab".repeat(32)}"}]}]')`;
const INDEX = keysOf("INDEX")[0].id;
type Marking = { key?: string; digest?: string; kind?: string };
/** Lines of the roster are marked: of what they are, and by which key. */
const mark = (run: Run, id: string, { key = INDEX, digest = "ab".repeat(16), kind = "NAME" }: Marking = {}) =>
  run(
    `SELECT guard.mark_lines($1, (SELECT jsonb_agg(jsonb_build_object('line', l.id, 'kind', $2::text, 'digest', $3::text, 'key', $4::text))
       FROM roster_lines l WHERE l.disbursement_id = $1))`,
    [id, kind, digest, key],
  ); // prettier-ignore

const laws: Law<LawFixture>[] = [
  {
    law: "lines come with an edit of their record",
    by: clerk,
    attempt: async (run) => {
      await insert(run, f.draft);
    },
    outcome: "NZ004",
    without: NO_INSERT_LAW,
  },
  {
    law: "what was submitted takes no line",
    by: clerk,
    attempt: async (run) => {
      await insert(run, f.submitted);
    },
    outcome: "NZ004",
    without: NO_INSERT_LAW,
    // and what the submission says would not add up any more: that is asked when the record moves
    then: "accepted",
  },
  {
    law: "a reversal names nobody",
    by: clerk,
    attempt: (run) => list(run, f.reversal),
    outcome: "NZ004",
    without: NO_INSERT_LAW,
  },
  {
    law: "lines go with an edit of their record",
    by: clerk,
    attempt: async (run) => {
      await run("DELETE FROM roster_lines WHERE disbursement_id = $1", [listed]);
    },
    outcome: "NZ004",
    without: dropTrigger("editable_delete", "roster_lines"),
  },
  {
    law: "a line is replaced, not changed",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE roster_lines SET persons = 2 WHERE disbursement_id = $1", [listed]);
    },
    outcome: "NZ004",
    without: dropTrigger("only_resealed", "roster_lines"),
  },
  {
    law: "the application changes no line at all",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE roster_lines SET key_id = key_id WHERE disbursement_id = $1", [listed]);
    },
    outcome: "42501",
    without: `GRANT UPDATE ON roster_lines TO nuanzhang_app; ${dropTrigger("only_resealed", "roster_lines")}`,
  },
  {
    law: "nothing is sealed by a key that is not in use",
    by: clerk,
    attempt: (run) => list(run, f.draft, { key: "deadbeef" }),
    outcome: "NZ022",
    without: NO_KEY_LAW,
  },
  {
    law: "a line is sealed by one key, and says by which",
    by: clerk,
    attempt: (run) => list(run, f.draft, { nonce: "deadbeef" }),
    outcome: "23514",
    without: without("roster_lines_seals_check", "roster_lines"),
  },
  {
    law: "nobody is recognised by a key that is not in use",
    by: clerk,
    attempt: async (run) => {
      await run(IDENTIFY("deadbeef"));
    },
    outcome: "NZ022",
    without: noop("require_keys(p_use text, p_key_ids text[])"),
  },
  {
    law: "only clerks ask whose document it is",
    by: reviewer,
    attempt: async (run) => {
      await run(IDENTIFY(INDEX));
    },
    outcome: "42501",
    without: rewrite("identities_of(jsonb)", "cardinality(guard.homes('{CLERK}')) = 0", "false"),
  },
  {
    law: "lines are marked with the edit that writes them",
    by: clerk,
    attempt: async (run) => {
      await mark(run, listed);
    },
    outcome: "42501",
    without: rewrite("mark_lines(bigint,jsonb)", "AND d.xmin = pg_current_xact_id()::xid", ""),
  },
  {
    law: "nobody marks another county's lines",
    by: clerk,
    attempt: async (run) => {
      await mark(run, elsewhere);
    },
    outcome: "42501",
    without: rewrite("mark_lines(bigint,jsonb)", "IF NOT FOUND THEN", "IF false THEN"),
  },
  {
    law: "nothing is compared by a key that is not in use",
    by: clerk,
    attempt: async (run) => {
      await edit(run, listed);
      await mark(run, listed, { key: "deadbeef" });
    },
    outcome: "NZ022",
    without: dropTrigger("digested_insert", "roster_marks"),
  },
  {
    law: "a mark is a digest, and of a kind that is compared",
    by: clerk,
    attempt: async (run) => {
      await edit(run, listed);
      await mark(run, listed, { digest: Buffer.from("才让卓玛").toString("hex") });
    },
    outcome: "23514",
    without: without("roster_marks_digest_check", "roster_marks"),
  },
  {
    law: "marks go with their lines",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await edit(run, short);
      await run("DELETE FROM roster_lines WHERE disbursement_id = $1", [short]);
      const left = await run("SELECT FROM roster_marks WHERE disbursement_id = $1", [short]);
      return left.length > 0 ? "found" : "nothing";
    },
    outcome: "nothing",
    without: dropTrigger("marks_go", "roster_lines"),
    then: "found",
  },
  {
    law: "a mark is never changed",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE roster_marks SET digest = digest WHERE disbursement_id = $1", [elsewhere]);
    },
    outcome: "NZ004",
    without: dropTrigger("only_replaced", "roster_marks"),
  },
  {
    law: "what is submitted comes to what it says, to the fen",
    by: clerk,
    attempt: (run) => submit(run, short),
    outcome: "NZ001",
    without: noop("check_roster(d disbursements)"),
  },
  {
    law: "nobody has aid of a programme twice in a period, in whichever county",
    by: clerk,
    attempt: (run) => submit(run, listed),
    outcome: "NZ020",
    without: dropTrigger("roster_claims", "disbursements"),
  },
  {
    law: "one record claims nobody twice",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE disbursements SET version = version + 1, persons = 3, amount_fen = 300 WHERE id = $1", [listed]); // prettier-ignore
      await run("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [listed]);
      await run(`INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
        SELECT d.id, d.organisation_id, s.id, 300 FROM disbursements d, fund_sources s WHERE d.id = $1 AND s.code = 'county-union'`, [listed]); // prettier-ignore
      await run(`INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, nonce, id_kind, id_number, identity_id, amount_fen, persons, commitment, key_id)
        SELECT gen_random_uuid(), $1, organisation_id, n, $2, $2, 'OTHER', $2, '${randomUUID()}', 100, 1, decode(repeat('00', 32), 'hex'), $3
        FROM disbursements, generate_series(10, 11) AS n WHERE id = $1`, [listed, seal(), KEY]); // prettier-ignore
      await run("DELETE FROM roster_lines WHERE disbursement_id = $1 AND no < 10", [listed]);
      await run("UPDATE disbursements SET version = version + 1, persons = 2, amount_fen = 200 WHERE id = $1", [listed]); // prettier-ignore
      await run("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [listed]);
      await run(`INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
        SELECT d.id, d.organisation_id, s.id, 200 FROM disbursements d, fund_sources s WHERE d.id = $1 AND s.code = 'county-union'`, [listed]); // prettier-ignore
      await submit(run, listed);
    },
    outcome: "NZ020",
    without: rewrite(
      "settle_cases(bigint[],boolean)",
      "count(*) OVER (PARTITION BY due.record_id, due.identity_id) > 1",
      "false",
    ),
  },
  {
    law: "who was refused twenty times in a day asks no more",
    by: clerk,
    attempt: (run) => submit(run, listed),
    outcome: "NZ020",
    without: `INSERT INTO claim_refusals (user_id, disbursement_id, organisation_id, lines)
      SELECT u.id, d.id, d.organisation_id, 1 FROM users u, generate_series(1, 20), LATERAL (SELECT * FROM disbursements LIMIT 1) d`,
    then: "NZ021",
  },
  {
    law: "a refusal is noted by whoever was refused, of a record of theirs",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT guard.note_claim_refusal($1, 1)", [elsewhere]);
    },
    outcome: "42501",
    without: rewrite("note_claim_refusal(bigint,int)", "c.ancestor_id = ANY (guard.homes('{CLERK}'))", "true"), // prettier-ignore
  },
  ...(
    [
      ["another county's clerk", () => f.stranger.session],
      ["the province", province],
      ["an auditor", () => f.auditor.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]): Law<LawFixture> => ({
    law: `${who} reads no line of the county`,
    by,
    attempt: found(() => listed),
    outcome: "nothing",
    without: NO_WALL,
    then: "found",
  })),
  {
    law: "the county's clerk and the prefecture's reviewer read its lines",
    by: clerk,
    attempt: found(() => listed),
    outcome: "found",
    without: "DROP POLICY workers_read ON roster_lines",
    then: "nothing",
  },
  {
    law: "another county's clerk writes no line",
    by: () => f.stranger.session,
    attempt: async (run) => {
      await insert(run, f.draft);
    },
    outcome: "42501",
    without: `${NO_WALL}; ALTER TABLE disbursements DISABLE ROW LEVEL SECURITY; ${NO_INSERT_LAW}`,
  },
  ...CLOSED.map((table): Law<LawFixture> => ({
    law: `${table} is closed to the application`,
    by: clerk,
    attempt: reads(table),
    outcome: "42501",
    without: `GRANT SELECT ON ${table} TO nuanzhang_app`,
  })),
  ...[
    `SELECT * FROM guard.sealed_before('roster_lines', '${KEY}', gen_random_uuid(), 1)`,
    `SELECT guard.reseal('roster_lines', '${KEY}', '[]')`,
    `SELECT * FROM guard.to_recognise('roster_lines', '${INDEX}', gen_random_uuid(), 1)`,
    `SELECT guard.recognise('${INDEX}', '[]')`,
    `SELECT guard.forget_digests('${INDEX}')`,
    `SELECT * FROM guard.to_mark('${INDEX}', gen_random_uuid(), 1)`,
    `SELECT guard.mark_anew('[]')`,
    `SELECT guard.forget_marks('${INDEX}')`,
    `SELECT guard.retire_keys('FIELD', '${KEY}')`,
  ].map((text): Law<LawFixture> => ({
    law: `only the job that changes keys does: ${text.slice(7, 40)}`,
    by: clerk,
    attempt: async (run) => {
      await run(text);
    },
    outcome: "42501",
    without: noop("require_rotation()"),
  })),
  {
    law: "a key is itself, and comes back from no retirement",
    by: clerk,
    attempt: async (run) => {
      await run(`SELECT guard.keep_key('FIELD', '${KEY}', '${"00".repeat(32)}')`);
    },
    outcome: "NZ022",
    without: rewrite(
      "keep_key(text,text,text)",
      "AND retired_at IS NULL AND check_value = decode(p_check, 'hex')",
      "",
    ),
  },
];

testLaws(database, () => f, laws);
