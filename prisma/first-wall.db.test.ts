// The first wall alone: queries read as a superuser, past row-level security, and must still keep to the scope
// they were handed. (prisma/walls.db.test.ts tries the second wall alone, in raw SQL.)
import { beforeAll, expect, test } from "vitest";
import { listAllotments } from "@/lib/features/allotments/queries";
import { findFile, getAttachment, listAttachments } from "@/lib/features/attachments/queries";
import { listAuditEntries } from "@/lib/features/audit/queries";
import { getDisbursement, listRecords } from "@/lib/features/disbursements/queries";
import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import { explainFigure, listDisbursements } from "@/lib/features/ledger/queries";
import { sql, type ReadContext } from "@/lib/platform/db";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { pastPolicies } from "@/testing/past-policies";
import { approvedRecord, as, TEST_NOW } from "@/testing/records";

const actors = testActors(await testDatabase());
const HOME = "630123";
const ELSEWHERE = "632222";
let person: TestPerson;
let foreignId: string;

beforeAll(async () => {
  person = await actors.clerk(HOME);
  const reviewer = await actors.reviewer("630100");
  const stranger = await actors.clerk(ELSEWHERE);
  const strangersReviewer = await actors.reviewer("632200");
  await approvedRecord(person, reviewer);
  foreignId = (await approvedRecord(stranger, strangersReviewer)).id;
  await as(stranger).submit(await as(stranger).create());
  const province = await actors.province();
  await actors.owner.query("BEGIN");
  await actors.owner.query("SELECT set_config('app.session', $1, true)", [province.session]);
  await actors.owner.query(
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
     SELECT o.id, 2026, (SELECT min(id) FROM fund_sources), 100, $1, now() FROM organisations o
     WHERE o.code = ANY ($2)`,
    [province.userId, [HOME, ELSEWHERE]],
  );
  await actors.owner.query("COMMIT");
});

const past = pastPolicies(actors.owner);

/** The scope of the person's session, with a reader that row-level security does not hold. */
const unwalled = async <T>(
  who: TestPerson,
  work: (context: ReadContext) => Promise<T>,
): Promise<T> => {
  await actors.owner.query("SELECT set_config('app.session', $1, false)", [who.session]);
  return as(who).read((context) => work({ ...context, db: past }));
};

test("the reader of this test really is past the second wall", async () => {
  const rows = await past.rows<{ code: string }>(sql`
    SELECT DISTINCT o.code FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
    ORDER BY o.code`);
  expect(rows.map((row) => row.code)).toEqual([HOME, ELSEWHERE]);
});

test("the ledger and its totals", async () => {
  const page = await unwalled(person, (c) =>
    listDisbursements({ ...c, filter: { year: 2026, limit: 50 } }),
  );
  expect(page.items.map((row) => row.organisation)).toEqual([HOME]);
  expect(page.totals.records).toBe(1);
});

test("figures, balances and the vouchers behind them", async () => {
  const figures = await unwalled(person, (c) =>
    queryFigures({ ...c, filter: { year: 2026 }, groupBy: ["organisation"] }),
  );
  expect(figures.rows.map((row) => row.organisation)).toEqual([HOME]);
  const balance = await unwalled(person, (c) =>
    queryBalance({ ...c, filter: { year: 2026 }, groupBy: "organisation" }),
  );
  expect(balance.rows.map((row) => row.organisation)).toEqual([HOME]);
  const explained = await unwalled(person, (c) =>
    explainFigure({ ...c, filter: { year: 2026, limit: 50 } }),
  );
  expect(explained.items.map((row) => row.organisation)).toEqual([HOME]);
});

test("one record, and records by their ids", async () => {
  await expect(
    unwalled(person, (c) => getDisbursement({ ...c, id: foreignId, now: TEST_NOW })),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await unwalled(person, (c) => listRecords({ ...c, ids: [foreignId] }))).toEqual([]);
});

test("allotments and history", async () => {
  const allotments = await unwalled(person, (c) =>
    listAllotments({ ...c, filter: { year: 2026, limit: 50 } }),
  );
  expect(allotments.items.map((row) => row.organisation)).toEqual([HOME]);
  const history = await unwalled(person, (c) => listAuditEntries({ ...c, query: { limit: 200 } }));
  expect(new Set(history.items.map((entry) => entry.organisation))).toEqual(new Set([HOME]));
});

test("evidence: neither a file nor its key nor that it is there", async () => {
  const id = crypto.randomUUID();
  const { owner } = actors;
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO attachments (id, disbursement_id, organisation_id, no, kind, media_type, bytes, sha256, source_sha256, late,
       object_key, added_by, added_at)
     SELECT $1, d.id, d.organisation_id, 1, 'PHOTO', 'image/jpeg', 1, s.digest, s.digest, true, 'ev/00/' || $1::uuid,
       d.created_by, now()
     FROM disbursements d, (SELECT decode(repeat('00', 32), 'hex') AS digest) s WHERE d.id = $2`,
    [id, foreignId],
  );
  await owner.query("INSERT INTO file_keys VALUES ($1, decode('0101deadbeef' || repeat('00', 60), 'hex'), 'deadbeef')", [id]); // prettier-ignore
  await owner.query("SET session_replication_role = origin");
  expect(await past.rows(sql`SELECT FROM attachments`)).toHaveLength(1);
  const gone = { code: "NOT_FOUND" };
  await expect(unwalled(person, (c) => getAttachment({ ...c, id }))).rejects.toMatchObject(gone);
  await expect(unwalled(person, (c) => findFile({ ...c, id }))).rejects.toMatchObject(gone);
  await expect(unwalled(person, (c) => listAttachments({ ...c, of: "record", id: foreignId }))).rejects.toMatchObject(gone); // prettier-ignore
});
