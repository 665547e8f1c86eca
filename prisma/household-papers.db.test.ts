import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Household } from "@/lib/features/households/types";
import type { TestPerson } from "@/testing/actors";
import { call, type Answer } from "@/testing/http";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";
import { formOf, picture } from "@/testing/papers";

// Papers of a household file: the files of evidence with another owner, and with another who may open them.
const { database, actors, f, clerk, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger } = await import("@/testing/law-fixture");
const { keysOf } = await import("@/lib/platform/keys");
const { as } = await import("@/testing/records");
const { file, happen, TODAY } = await import("@/testing/households");
const { revealHousehold } = await import("@/lib/features/households/commands");
const { askRights, confirmRights } = await import("@/lib/features/rights/commands");
const papers = await import("@/app/api/v1/households/[id]/attachments/route");
const single = await import("@/app/api/v1/attachments/[id]/route");
const { owner } = actors;

const key = () => ({ "idempotency-key": randomUUID() });
async function add(person: TestPerson, id: string, fields: Record<string, string>, seed = 3) {
  await owner.query("DELETE FROM rate_buckets");
  const { body, headers } = await formOf(fields, await picture(seed));
  return call(papers.POST, person, { method: "POST", params: { id }, body, headers: { ...headers, ...key() } }); // prettier-ignore
}
const list = (person: TestPerson, id: string) => call(papers.GET, person, { params: { id } });
const fetched = (person: TestPerson, id: string) => call(single.GET, person, { params: { id } });
const remove = (person: TestPerson, id: string) => call(single.DELETE, person, { method: "DELETE", params: { id }, headers: key() }); // prettier-ignore
const idOf = ({ body }: Answer) => String(body["id"]);
const reveal = (person: TestPerson, id: string, fields: ("name" | "papers")[]) =>
  as(person).write((c) => revealHousehold({ ...c, id, input: { fields, reason: "verify" } }));
const count = async (text: string, ...values: unknown[]) =>
  Number((await owner.query<{ n: string }>(text, values)).rows[0]?.n);
const openings = (id: string) =>
  count("SELECT count(*) AS n FROM audit_entries WHERE action = 'export.create' AND body::json ->> 'attachment' = $1", id); // prettier-ignore

let kept: Household;
let shut: Household;
const ids = { scan: "", shut: "" };
beforeAll(async () => {
  kept = await happen(f.clerk, await file(f.clerk), { kind: "consent", consent: "income-check", on: "2026-03-01", dueOn: "2027-02-28" }); // prettier-ignore
  ids.scan = idOf(await add(f.clerk, kept.id, { kind: "authorisation", event: "2" }));
  const made = await file(f.clerk);
  ids.shut = idOf(await add(f.clerk, made.id, { kind: "medical" }, 4));
  shut = await happen(f.clerk, made, { kind: "closed", reason: "moved", on: TODAY });
}, 120_000);

const insert = async (
  run: Run,
  to: string,
  columns: { kind?: string; event?: number | null; record?: string } = {},
) => {
  const { kind = "OTHER", event = null, record = null } = columns;
  const id = randomUUID();
  await run(
    `INSERT INTO attachments (id, household_id, disbursement_id, event_no, organisation_id, no, kind, media_type, bytes, sha256,
       source_sha256, late, object_key, added_by, added_at)
     SELECT $1, $2, $3::bigint, $4::int, o.id, 900, $5, 'image/jpeg', 1, decode(repeat('00', 32), 'hex'),
       decode(repeat('00', 32), 'hex'), false, 'ev/00/' || $1::uuid, $6, now() FROM organisations o WHERE o.code = '630123'`,
    [id, to, record, event, kind, f.clerk.userId],
  );
  const KEY = keysOf("FIELD")[0].id;
  await run("INSERT INTO file_keys (id, file_key, key_id) VALUES ($1, $2, $3)", [id, `\\x0101${KEY}${"00".repeat(60)}`, KEY]); // prettier-ignore
  await auditedAs(run, "attachment.add", id);
};
const counted = (text: string, id: () => string) => async (run: Run) =>
  (await run(text, [id()])).length > 0 ? "found" : "nothing";
const NO_ADD_LAW = dropTrigger("before_insert", "attachments");

const laws: Law<LawFixture>[] = [
  {
    law: "nothing is added to a closed file",
    by: clerk,
    attempt: (run) => insert(run, shut.id),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "a signed authorisation is of a consent of its file",
    by: clerk,
    attempt: (run) => insert(run, kept.id, { kind: "AUTHORISATION", event: 1 }),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "and says of which",
    by: clerk,
    attempt: (run) => insert(run, kept.id, { kind: "AUTHORISATION" }),
    outcome: "23514",
    without: "ALTER TABLE attachments DROP CONSTRAINT attachments_event_no_check",
  },
  {
    law: "a file lies beside one thing",
    by: clerk,
    attempt: (run) => insert(run, kept.id, { record: f.draft }),
    outcome: "23514",
    without: "ALTER TABLE attachments DROP CONSTRAINT attachments_owner_check",
  },
  {
    law: "a paper of a closed file stays",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE attachments SET removed_by = $2, removed_at = now() WHERE id = $1", [ids.shut, f.clerk.userId]); // prettier-ignore
      await auditedAs(run, "attachment.remove", ids.shut);
    },
    outcome: "NZ004",
    without: dropTrigger("before_change", "attachments"),
  },
  {
    law: "nobody forgets one by hand",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE attachments SET forgotten_at = now() WHERE id = $1", [ids.scan]);
    },
    outcome: "42501",
    without: `GRANT UPDATE ON attachments TO nuanzhang_app; ${dropTrigger("audited", "attachments")}; ${dropTrigger("before_change", "attachments")}`, // prettier-ignore
  },
  {
    law: "a key of it opens for nobody who sees the file masked and did not ask",
    by: reviewer,
    attempt: counted("SELECT FROM file_keys WHERE id = $1", () => ids.scan),
    outcome: "nothing",
    then: "found",
    without:
      "DROP POLICY openers_read ON file_keys; CREATE POLICY openers_read ON file_keys FOR SELECT TO nuanzhang_app USING (EXISTS (SELECT FROM attachments a WHERE a.id = file_keys.id))",
  },
  {
    law: "the province sees none",
    by: province,
    attempt: counted("SELECT FROM attachments WHERE id = $1", () => ids.scan),
    outcome: "nothing",
    then: "found",
    without:
      "DROP POLICY readers_read ON attachments; CREATE POLICY readers_read ON attachments FOR SELECT TO nuanzhang_app USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = attachments.organisation_id AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])))",
  },
];
testLaws(database, () => f, laws);

test("who keeps the file opens them, and each opening leaves an entry", async () => {
  const before = await list(f.clerk, kept.id);
  expect(before.body).toMatchObject({ mayAdd: true, mayRemove: true, mayOpen: true, items: [{ no: 1, kind: "authorisation", eventNo: 2, late: false, forgotten: false }] }); // prettier-ignore
  const answer = await fetched(f.clerk, ids.scan);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toMatch(/630123-\d{4}_01_/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox/);
  expect(await openings(ids.scan)).toBe(1);
});

test("whoever sees it masked opens them for a minute after saying why", async () => {
  const there = await list(f.reviewer, kept.id);
  expect(there.body).toMatchObject({ mayAdd: false, mayRemove: false, mayOpen: false });
  expect((await fetched(f.reviewer, ids.scan)).status).toBe(403);
  await reveal(f.reviewer, kept.id, ["name"]);
  expect((await fetched(f.reviewer, ids.scan)).status).toBe(403);
  const shown = await reveal(f.reviewer, kept.id, ["papers"]);
  expect(shown).toMatchObject({ papers: true, members: [{}] });
  const before = await openings(ids.scan);
  expect((await fetched(f.reviewer, ids.scan)).status).toBe(200);
  expect(await openings(ids.scan)).toBe(before + 1);
  await owner.query("SET session_replication_role = replica");
  await owner.query("UPDATE household_reveals SET at = now() - interval '61 seconds'");
  await owner.query("SET session_replication_role = origin");
  expect((await fetched(f.reviewer, ids.scan)).status).toBe(403);
});

test("of a closed file its clerks as well", async () => {
  expect((await list(f.clerk, shut.id)).body).toMatchObject({ mayAdd: false, mayOpen: false });
  expect((await fetched(f.clerk, ids.shut)).status).toBe(403);
  expect((await remove(f.clerk, ids.shut)).body).toMatchObject({ error: { code: "TRANSITION" } });
  await reveal(f.clerk, shut.id, ["papers"]);
  expect((await fetched(f.clerk, ids.shut)).status).toBe(200);
});

test("nobody else knows of them, and nobody at all of a file that is limited", async () => {
  const neighbour = await actors.clerk("632222");
  for (const person of [
    neighbour,
    await actors.province(),
    await actors.auditor(),
    await actors.admin(),
  ]) {
    expect((await fetched(person, ids.scan)).status).toBeGreaterThanOrEqual(403);
    expect((await list(person, kept.id)).status).toBeGreaterThanOrEqual(403);
  }
  await owner.query("SET session_replication_role = replica");
  await owner.query("UPDATE households SET limited_at = now() WHERE id = $1", [kept.id]);
  expect((await fetched(f.clerk, ids.scan)).status).toBe(404);
  await owner.query("UPDATE households SET limited_at = NULL WHERE id = $1", [kept.id]);
  await owner.query("SET session_replication_role = origin");
});

test("a wrong kind, a consent that is none: said by field", async () => {
  const faults = async (fields: Record<string, string>) => Object.keys((await add(f.clerk, kept.id, fields)).body.error?.fieldErrors ?? {}); // prettier-ignore
  expect(await faults({ kind: "invoice" })).toEqual(["kind"]);
  expect(await faults({ kind: "authorisation" })).toEqual(["event"]);
  expect(await faults({ kind: "authorisation", event: "1" })).toEqual(["event"]);
  expect(await faults({ kind: "identity", event: "2" })).toEqual(["event"]);
});

test("removed, it is gone for good; forgotten with its file, likewise, and the trail knows of both", async () => {
  const other = idOf(await add(f.clerk, kept.id, { kind: "identity" }, 5));
  expect((await remove(f.clerk, other)).body).toMatchObject({ removed: { by: { id: f.clerk.userId } } }); // prettier-ignore
  expect((await fetched(f.clerk, other)).status).toBe(404);
  const right = await as(f.clerk).write((c) => askRights({ ...c, input: { kind: "forget", organisation: "630123", file: shut.code, reason: "consent-withdrawn", askedOn: "2026-11-01" } })); // prettier-ignore
  // the file, its member and its two events, and the paper
  expect(await as(f.reviewer).write((c) => confirmRights({ ...c, id: right.id }))).toMatchObject({ rows: 5 }); // prettier-ignore
  expect((await list(f.reviewer, shut.id)).body["items"]).toMatchObject([{ kind: "medical", forgotten: true }]); // prettier-ignore
  expect((await fetched(f.clerk, ids.shut)).status).toBe(404);
  expect(await count("SELECT count(*) AS n FROM file_keys WHERE id = ANY ($1)", [other, ids.shut])).toBe(0); // prettier-ignore
  const { rows } = await owner.query<{ action: string }>("SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY position", [ids.shut]); // prettier-ignore
  expect(rows.map(({ action }) => action)).toEqual(["attachment.add", "attachment.forget"]);
  for (const law of [
    "files_have_keys",
    "files_are_whole",
    "subjects_are_as_audited",
    "seals_have_keys",
  ])
    expect(await count(`SELECT guard.faults_of_${law}() AS n`), law).toBe(0);
});
