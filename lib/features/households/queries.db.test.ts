import { beforeAll, describe, expect, test } from "vitest";
import { POST as revealRoute } from "@/app/api/v1/households/[id]/reveal/route";
import { householdAid, rosterFiles } from "@/lib/features/household-aid/queries";
import { putRoster } from "@/lib/features/rosters/commands";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { file, freshNumber, holder, NOW, TODAY } from "@/testing/households";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { revealHousehold } from "./commands";
import { findHouseholds, householdSums, listHouseholds } from "./queries";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
let elsewhere: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  elsewhere = await actors.clerk("632222");
});

const entries = async (id: string) => {
  const { rows } = await owner.query<{ action: string; body: string }>(
    "SELECT action, body FROM audit_entries WHERE subject_type = 'household' AND subject_id = $1 ORDER BY position",
    [id],
  );
  return rows;
};
describe("found and counted", () => {
  beforeAll(async () => {
    for (let n = 0; n < 4; n += 1) await file(clerk);
    await file(elsewhere, { organisation: "632222" });
  });

  test("by code, by number, by a whole name; within reach alone", async () => {
    const idNumber = "639901550607123";
    const made = await file(clerk, { members: [holder({ name: "买买提·阿布都", idNumber })] });
    const find = (person: TestPerson, by: object) =>
      as(person).read(async (c) => {
        const asked = { code: null, idNumber: null, name: null, ...by };
        return (await findHouseholds({ ...c, input: asked, today: TODAY })).items.map((x) => x.id);
      });
    for (const by of [
      { code: made.code },
      { idNumber },
      {
        idNumber: "６３９９０１19550607 1231".replace(
          "1231",
          `123${checkDigitOf("63990119550607123")}`,
        ),
      },
      { name: "买买提•阿布都" },
    ]) {
      expect(await find(clerk, by)).toEqual([made.id]);
      expect(await find(reviewer, by)).toEqual([made.id]);
      expect(await find(elsewhere, by)).toEqual([]);
    }
    expect(await find(clerk, { name: "买买提" })).toEqual([]);
    await expect(find(await actors.province(), { idNumber })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  });

  test("listed by code, page after page, with what is due", async () => {
    const list = (more: object) =>
      as(clerk).read((c) => listHouseholds({ ...c, today: TODAY, query: { limit: 100, ...more } }));
    const all = await list({});
    expect(all.items.length).toBeGreaterThan(3);
    expect(all.items.every(({ holder: name }) => /^.\*/u.test(name ?? ""))).toBe(true);
    const pages = [];
    for (let cursor: string | undefined; ;) {
      const page = await list({ limit: 2, cursor });
      pages.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(pages.map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
    const due = await file(clerk, { filedOn: "2024-05-01" });
    expect((await list({ due: "review" })).items.map(({ id }) => id)).toEqual([due.id]);
  });

  test("the province counts, and sees no file", async () => {
    const province = await actors.province();
    const sums = await as(province).read((c) =>
      householdSums({ ...c, query: { year: 2026, by: "organisation" } }),
    );
    const { rows } = await owner.query<{ n: number; people: number }>(
      "SELECT count(*)::int AS n, (SELECT count(*)::int FROM household_members) AS people FROM households",
    );
    expect(sums.total).toMatchObject({ households: rows[0]?.n, people: rows[0]?.people });
    expect(sums.items.map(({ key }) => key)).toEqual(["630123", "632222"]);
    const { open, returned, deep, relative, accident, unstated } = sums.total;
    expect(deep + relative + accident + unstated).toBe(open + returned);
    const own = await as(elsewhere).read((c) => householdSums({ ...c, query: { year: 2026, by: "cause" } })); // prettier-ignore
    expect(own.total.households).toBe(sums.items[1]?.households);
    const seen = async (person: TestPerson) =>
      as(person).read(({ db }) => db.rows({ text: "SELECT FROM households", values: [] } as never));
    await expect(seen(province)).resolves.toEqual([]);
  });
});

describe("aid and reveals", () => {
  test("own records one by one, what stands elsewhere as one sum, after a day", async () => {
    const [mine, child] = [freshNumber(), freshNumber()];
    const members = [holder({ idNumber: mine }), holder({ relation: "child", idNumber: child })];
    const { id } = await file(clerk, { members });
    const aided = async (person: TestPerson, idNumber: string, fen: string) => {
      const draft = await as(person).create({ amountFen: fen, counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: fen }] }); // prettier-ignore
      const lines = [{ name: "才让", idNumber, amountFen: fen }];
      await as(person).write((c) => putRoster({ ...c, id: draft.id, input: { version: draft.version, lines } })); // prettier-ignore
      return draft.id;
    };
    const approved = async (
      person: TestPerson,
      judge: TestPerson,
      idNumber: string,
      fen: string,
    ) => {
      const record = await aided(person, idNumber, fen);
      const { version } = await as(person).get(record);
      await as(person).submit({ id: record, version });
      await as(judge).approve({ id: record, version: version + 1 });
      return record;
    };
    const record = await approved(clerk, reviewer, mine, "60000");
    const theirs = await actors.reviewer("632222");
    await approved(elsewhere, theirs, child, "25000");
    await aided(clerk, child, "7777");
    const aid = (person: TestPerson) => as(person).read((c) => householdAid({ ...c, id })); // prettier-ignore
    const first = await aid(clerk);
    expect(first.items).toMatchObject([{ id: record, organisation: "630123", status: "approved", lines: 1, amountFen: "60000" }]); // prettier-ignore
    expect(first.own).toEqual({
      lines: 1,
      amountFen: "60000",
      unpriced: 0,
      back: { lines: 0, amountFen: null },
    });
    expect(first.elsewhere).toEqual({
      lines: 0,
      amountFen: null,
      unpriced: 0,
      back: { lines: 0, amountFen: null },
    });
    await owner.query("UPDATE household_people SET since = since - interval '25 hours'");
    const later = await aid(reviewer);
    expect(later.elsewhere).toEqual({
      lines: 1,
      amountFen: "25000",
      unpriced: 0,
      back: { lines: 0, amountFen: null },
    });
    expect(JSON.stringify(later)).not.toContain("632222");
    await expect(aid(elsewhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
    // what came back from the bank and was not paid anew is a figure of its own
    const { rows: [line] } = await owner.query<{ id: string; place: number }>("SELECT id, organisation_id AS place FROM roster_lines WHERE disbursement_id = $1", [record]); // prettier-ignore
    await owner.query("SET session_replication_role = replica");
    await owner.query("INSERT INTO payment_results (id, posting_id, line_id, disbursement_id, organisation_id, no, state, reason) VALUES (gen_random_uuid(), 0, $1, $2, $3, 1, 'RETURNED', 'CLOSED')", [line?.id, record, line?.place]); // prettier-ignore
    await owner.query("SET session_replication_role = origin");
    const back = await aid(clerk);
    expect(back.own).toEqual({ lines: 0, amountFen: null, unpriced: 0, back: { lines: 1, amountFen: "60000" } }); // prettier-ignore
    expect(back.items.find((one) => one.id === record)).toMatchObject({ lines: 0, amountFen: null, back: { lines: 1, amountFen: "60000" } }); // prettier-ignore
    await owner.query("SET session_replication_role = replica");
    await owner.query("INSERT INTO payment_results (id, posting_id, line_id, disbursement_id, organisation_id, no, state) VALUES (gen_random_uuid(), 0, $1, $2, $3, 2, 'REISSUED')", [line?.id, record, line?.place]); // prettier-ignore
    await owner.query("SET session_replication_role = origin");
    expect((await aid(clerk)).own).toMatchObject({ lines: 1, amountFen: "60000", back: { lines: 0 } }); // prettier-ignore
    // a line and the file find each other, where the reader works beside both
    const files = (person: TestPerson) => as(person).read((c) => rosterFiles({ ...c, id: record }));
    expect(await files(clerk)).toEqual({ items: [{ no: 1, id, code: expect.stringMatching(/^630123-/) as string }] }); // prettier-ignore
    expect((await files(reviewer)).items).toHaveLength(1);
    await expect(files(elsewhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(files(await actors.province())).rejects.toMatchObject({ code: "FORBIDDEN" });
    const both = await actors.clerk("632222");
    const aidedThere = await owner.query<{ id: string }>("SELECT d.id::text AS id FROM disbursements d JOIN organisations o ON o.id = d.organisation_id WHERE o.code = '632222' LIMIT 1"); // prettier-ignore
    expect(await as(both).read((c) => rosterFiles({ ...c, id: aidedThere.rows[0]?.id ?? "" }))).toEqual({ items: [] }); // prettier-ignore
  });

  test("a look behind the mask is in the chain before it is answered, counted, and ended at fifty", async () => {
    const { id } = await file(clerk);
    const reveal = (person: TestPerson, fields = ["name", "phone"]) =>
      call(revealRoute, person, {
        method: "POST",
        path: `/api/v1/households/${id}/reveal`,
        params: { id },
        headers: { "idempotency-key": crypto.randomUUID() },
        body: { fields, reason: "verify" },
      });
    const seen = await reveal(reviewer);
    expect(seen.body).toEqual({ members: [{ name: "才让卓玛", phone: "13909712345" }], address: null, notes: [], details: null, papers: false, today: 1 }); // prettier-ignore
    const last = (await entries(id)).at(-1);
    expect(last?.action).toBe("household.reveal");
    expect(JSON.parse(last?.body ?? "")).toEqual({ fields: ["name", "phone"], reason: "verify" });
    expect((await reveal(await actors.province())).status).toBe(403);
    expect((await reveal(elsewhere)).status).toBe(404);
    for (let n = 2; n <= 50; n += 1) {
      await owner.query("DELETE FROM rate_buckets");
      await as(reviewer).write((c) =>
        revealHousehold({ ...c, now: NOW, id, input: { fields: ["address"], reason: "visit" } }),
      );
    }
    expect((await reveal(reviewer)).status).toBe(429);
    const { rows } = await owner.query("SELECT FROM household_reveals");
    expect(rows).toHaveLength(50);
  });
});
