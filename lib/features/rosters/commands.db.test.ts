import { beforeAll, describe, expect, test } from "vitest";
import { GET, PUT } from "@/app/api/v1/disbursements/[id]/roster/route";
import { POST as submitRoute } from "@/app/api/v1/disbursements/[id]/submit/route";
import { checkDigitOf } from "@/lib/kernel/id-number";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { approvedRecord, as } from "@/testing/records";
import { putRoster } from "./commands";
import type { LineInput } from "./types";

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

let serial = 100;
/** A number that nobody has, over a region that there never was. */
function freshNumber(): string {
  serial += 1;
  const seventeen = `63990119800101${serial}`;
  return seventeen + checkDigitOf(seventeen);
}

const AMOUNT = "60000";
const fields = (count: number): Partial<DisbursementFields> => ({
  amountFen: String(count * 60_000),
  counts: { persons: count },
  shares: [{ fundSource: "county-union", amountFen: String(count * 60_000) }],
});
const line = (more: Partial<LineInput> = {}): LineInput => ({
  name: "才让卓玛",
  idNumber: freshNumber(),
  amountFen: AMOUNT,
  ...more,
});

type Draft = { id: string; version: number };
const put = (person: TestPerson, { id, version }: Draft, lines: LineInput[]) =>
  as(person).write((c) => putRoster({ ...c, id, input: { version, lines } }));

/** A draft with a roster that adds up. */
async function rostered(
  person: TestPerson,
  lines: LineInput[],
  more: Partial<DisbursementFields> = {},
) {
  const draft = await as(person).create({ ...fields(lines.length), ...more });
  return put(person, draft, lines);
}

const claims = async (id: string) => {
  const { rows } = await owner.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM aid_claims WHERE case_id = guard.case_of($1)",
    [id],
  );
  return rows[0]?.n;
};
const faults = async () => {
  const { rows } = await owner.query<Record<string, string>>(
    `SELECT guard.faults_of_claims_match_rosters() AS claims, guard.faults_of_rosters_add_up() AS sums,
       guard.faults_of_seals_have_keys() AS keys, guard.faults_of_records_are_as_audited() AS chain`,
  );
  return rows[0];
};
const SOUND = { claims: "0", sums: "0", keys: "0", chain: "0" };

describe("what was typed", () => {
  test("is kept sealed, and read as it was by the clerk who may still change it", async () => {
    const number = freshNumber();
    const said = { name: "买买提\u30FB阿布", idNumber: number, phone: "139 0971 2345", payee: "马老板", account: "6228 4800 0000 0000 018", note: "现金" }; // prettier-ignore
    const roster = await rostered(clerk, [line(said), line({ name: "𠮷" })]);
    expect(roster).toMatchObject({
      sight: "open",
      editable: true,
      sums: { lines: 2, documented: 2, amountFen: "120000", persons: 2, households: 0, packs: 0 },
    });
    expect(roster.lines?.[0]).toEqual({
      ...{ no: 1, name: "买买提·阿布", idKind: "resident", idNumber: number, phone: "13909712345" },
      ...{ payee: "马老板", account: "6228480000000000018", note: "现金", amountFen: AMOUNT },
      ...{
        packs: null,
        persons: 1,
        households: null,
        forgotten: false,
        unreadable: false,
        payment: null,
      },
    });
    expect(roster.lines?.[1]?.name).toBe("𠮷");
    const { rows } = await owner.query("SELECT row_to_json(l)::text AS row FROM roster_lines l WHERE disbursement_id = $1", [roster.id]); // prettier-ignore
    for (const text of [number, "13909712345", "6228480000000000018"])
      expect(JSON.stringify(rows)).not.toContain(text);
  });

  test("is replaced as a whole, and by nobody who read an older version", async () => {
    const roster = await rostered(clerk, [line(), line()]);
    const again = await put(clerk, roster, [line()]);
    expect(again).toMatchObject({ version: roster.version + 1, sums: { lines: 1 } });
    await expect(put(clerk, roster, [])).rejects.toMatchObject({ code: "STALE" });
    expect((await put(clerk, again, [])).sums).toMatchObject({ lines: 0, amountFen: null });
  });

  test("is refused by line and field where it cannot be right, and nothing is repeated", async () => {
    const draft = await as(clerk).create(fields(2));
    const bad = { name: "王1", idNumber: "639901198001010015", phone: "12", account: "户", note: "证件 639901198001010014" }; // prettier-ignore
    const answer = await call(PUT, clerk, {
      method: "PUT",
      params: { id: draft.id },
      body: { version: draft.version, lines: [line(), { ...line(), ...bad }] },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.code).toBe("LINES");
    expect(Object.keys(answer.body.error?.fieldErrors ?? {}).sort()).toEqual(
      ["account", "idNumber", "name", "note", "phone"].map((field) => `lines.1.${field}`),
    );
    expect(answer.body.error?.fieldErrors?.["lines.1.idNumber"]?.[0]).toContain("第 2 行");
    expect(JSON.stringify(answer.body)).not.toMatch(/63990119|王1/);
  });

  test("what it does not come to is a finding of the record, and stops it", async () => {
    const draft = await as(clerk).create(fields(3));
    await put(clerk, draft, [line(), line({ amountFen: "1" })]);
    const record = await as(clerk).get(draft.id);
    const found = record.findings.filter(({ rule }) => rule.startsWith("roster"));
    expect(found.map(({ rule, level, values }) => [rule, level, values])).toEqual([
      ["roster-amount", "hard", { lines: 2, listedFen: "60001", amountFen: "180000", differenceFen: "-119999" }],
      ["roster-counts", "hard", { lines: 2, unit: "persons", listed: 2, count: 3, difference: -1 }],
    ]); // prettier-ignore
    await expect(as(clerk).submit(record)).rejects.toMatchObject({ code: "FINDINGS" });
  });
});

describe("who sees what", () => {
  const seen = async (person: TestPerson, id: string) => {
    const answer = await call(GET, person, { params: { id } });
    return { status: answer.status, text: JSON.stringify(answer.body), body: answer.body };
  };

  test("masked to who judges and to clerks once it is sent; sums to the province; nothing to others", async () => {
    const number = freshNumber();
    const draft = await rostered(clerk, [
      line({ idNumber: number, phone: "13909712345", note: "患病" }),
    ]);
    expect((await seen(reviewer, draft.id)).body).toMatchObject({
      sight: "masked",
      lines: [
        {
          name: "才***",
          idNumber: `639***********${number.slice(-4)}`,
          phone: "*******2345",
          note: "***",
        },
      ],
    });
    await as(clerk).submit(draft);
    for (const person of [clerk, reviewer, await actors.reviewer("630100")])
      expect(await seen(person, draft.id)).toMatchObject({
        status: 200,
        body: { sight: "masked" },
      });
    for (const person of [await actors.province(), await actors.auditor()]) {
      const { body, text } = await seen(person, draft.id);
      expect(body).toMatchObject({ sight: "sums", lines: null, sums: { lines: 1, persons: 1 } });
      expect(text).not.toContain("才");
    }
    for (const person of [elsewhere, await actors.clerk("630121")])
      expect((await seen(person, draft.id)).status).toBe(404);
    expect((await seen(await actors.admin(), draft.id)).status).toBe(403);
    for (const person of [clerk, reviewer])
      expect((await seen(person, draft.id)).text).not.toMatch(new RegExp(`${number}|卓玛|患病`));
  });

  test("who typed a name is an editor, and never approves it", async () => {
    const dual = await actors.clerk("630123");
    await owner.query("INSERT INTO memberships (user_id, organisation_id, role) SELECT $1, id, 'REVIEWER' FROM organisations WHERE code = '630123'", [dual.userId]); // prettier-ignore
    await owner.query("UPDATE sessions SET revoked_at = NULL, end_reason = NULL WHERE user_id = $1", [dual.userId]); // prettier-ignore
    const draft = await as(clerk).create(fields(1));
    const roster = await put(dual, draft, [line()]);
    const sent = await as(clerk).submit(roster);
    await expect(as(dual).approve(sent)).rejects.toMatchObject({ code: "OWN_ENTRY" });
    await as(reviewer).approve(sent);
    await expect(put(clerk, { id: draft.id, version: sent.version + 1 }, [])).rejects.toMatchObject({ code: "TRANSITION" }); // prettier-ignore
  });
});

describe("never twice", () => {
  test("in one roster and in one's own ledger it is a finding, with the voucher's number", async () => {
    const idNumber = freshNumber();
    const first = await rostered(clerk, [line({ idNumber })]);
    await as(clerk).submit(first);
    // fifteen digits, eighteen, full width: one document
    const second = await rostered(clerk, [
      line({ idNumber: idNumber.replace("639", "６３９") }),
      line({ idNumber }),
    ]);
    const { findings, version, id } = await as(clerk).get(second.id);
    expect(
      findings.filter(({ rule }) => rule === "aided-twice").map(({ values }) => values),
    ).toEqual([
      { where: "roster", lines: "1, 2", count: 2, references: "" },
      {
        where: "ledger",
        lines: "1, 2",
        count: 2,
        references: `630123-2026-${first.id.padStart(6, "0")}`,
      },
    ]);
    await expect(as(clerk).submit({ id, version })).rejects.toMatchObject({ code: "FINDINGS" });
  });

  test("elsewhere it is said at submission alone: a line, and no place, number or name", async () => {
    const idNumber = freshNumber();
    await as(elsewhere).submit(await rostered(elsewhere, [line({ idNumber })]));
    const draft = await rostered(clerk, [line(), line({ idNumber, name: "扎西" })]);
    const before = await as(clerk).get(draft.id);
    expect(before.findings.filter(({ rule }) => rule === "aided-twice")).toEqual([]);
    const answer = await call(submitRoute, clerk, {
      method: "POST",
      path: `/api/v1/disbursements/${draft.id}/submit`,
      params: { id: draft.id },
      body: { version: draft.version, answers: before.findings.map(({ rule }) => ({ rule, answer: "checked-correct" })) }, // prettier-ignore
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.fieldErrors).toEqual({
      roster: ["有人在本项目本周期已在别处享受过。第 2 行，共 1 行"],
    });
    // the answer was given: it stays written down although the submission is undone
    const { rows } = await owner.query(
      `SELECT r.lines, r.user_id = $2 AS own, e.action, e.body FROM claim_refusals r
       JOIN audit_entries e ON e.subject_type = 'claim' AND e.subject_id = r.id::text WHERE r.disbursement_id = $1`,
      [draft.id, clerk.userId],
    );
    expect(rows).toEqual([
      {
        lines: 1,
        own: true,
        action: "claim.refuse",
        body: `{"disbursement" : "${draft.id}", "lines" : 1}`,
      },
    ]);
    expect((await as(clerk).get(draft.id)).status).toBe("draft");
  });

  test("twenty such answers a day are the end of it", async () => {
    const person = await actors.clerk("630123");
    await owner.query(
      `INSERT INTO claim_refusals (user_id, disbursement_id, organisation_id, lines)
       SELECT $1, d.id, d.organisation_id, 1 FROM generate_series(1, 20),
         LATERAL (SELECT * FROM disbursements LIMIT 1) d`,
      [person.userId],
    );
    const draft = await rostered(person, [line()]);
    await expect(as(person).submit(draft)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfter: 3600,
    });
    // what names nobody is not asked about
    await as(person).submit(await as(person).create(fields(7)));
  });

  test("two counties in one second: one passes, whoever it is", async () => {
    for (let round = 0; round < 12; round += 1) {
      const idNumber = freshNumber();
      const drafts = await Promise.all(
        [clerk, elsewhere].map((person) => rostered(person, [line({ idNumber })])),
      );
      const ends = await Promise.allSettled([
        as(clerk).submit(drafts[0]!),
        as(elsewhere).submit(drafts[1]!),
      ]);
      const refused = ends.filter((end) => end.status === "rejected");
      expect(refused).toHaveLength(1);
      expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ code: "FINDINGS" });
    }
    expect(await faults()).toEqual(SOUND);
  }, 60_000);

  test("returned, withdrawn and voided records let go", async () => {
    const idNumber = freshNumber();
    const first = await rostered(clerk, [line({ idNumber })]);
    const mine = await as(clerk).submit(first);
    const theirs = await rostered(elsewhere, [line({ idNumber })]);
    await expect(as(elsewhere).submit(theirs)).rejects.toMatchObject({ code: "FINDINGS" });
    const taken = await as(clerk).withdraw(mine);
    expect(await claims(first.id)).toBe(0);
    const sent = await as(elsewhere).submit(theirs);
    await expect(as(clerk).submit(taken)).rejects.toMatchObject({ code: "FINDINGS" });
    const returned = await as(await actors.reviewer("632222")).return(sent);
    const again = await as(clerk).submit(taken);
    await as(clerk).void(again);
    await as(elsewhere).submit(returned);
    expect(await faults()).toEqual(SOUND);
  });

  test("a correction holds what its original held, and a reversal lets go", async () => {
    const [stays, goes] = [freshNumber(), freshNumber()];
    const draft = await rostered(clerk, [line({ idNumber: stays }), line({ idNumber: goes })]);
    const approved = await as(reviewer).approve(await as(clerk).submit(draft));
    const said = { programme: "golden-autumn", paidOn: "2026-08-28", ...fields(1) };
    const corrected = await as(clerk).adjust(approved, said);
    const replacement = corrected.adjustments[0]?.replacementId ?? "";
    const reversal = corrected.adjustments[0]?.reversalId ?? "";
    const { version } = await as(clerk).get(replacement);
    const roster = await put(clerk, { id: replacement, version }, [line({ idNumber: stays })]);
    const sent = await as(clerk).submit(roster);
    expect(await claims(draft.id)).toBe(2);
    const theirs = await rostered(elsewhere, [line({ idNumber: goes })]);
    await expect(as(elsewhere).submit(theirs)).rejects.toMatchObject({ code: "FINDINGS" });
    await as(reviewer).approve(sent);
    expect(await claims(draft.id)).toBe(1);
    await as(elsewhere).submit(theirs);
    expect(await as(clerk).get(reversal)).toMatchObject({ status: "approved" });
    await expect(put(clerk, { id: reversal, version: 9 }, [])).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
    expect(await faults()).toEqual(SOUND);
  });

  test("breakfasts are once a month; aid in hardship as often as there is a reason", async () => {
    const idNumber = freshNumber();
    const breakfast = (month: string) =>
      rostered(clerk, [line({ idNumber })], {
        programme: "love-breakfast",
        form: "transfer",
        paidOn: `2026-${month}-10`,
      });
    await as(clerk).submit(await breakfast("03"));
    await as(clerk).submit(await breakfast("04"));
    const theirs = await rostered(elsewhere, [line({ idNumber })], { programme: "love-breakfast", form: "transfer", paidOn: "2026-03-20" }); // prettier-ignore
    await expect(as(elsewhere).submit(theirs)).rejects.toMatchObject({ code: "FINDINGS" });
    for (let n = 0; n < 2; n += 1)
      await as(clerk).submit(await rostered(clerk, [line({ idNumber, households: 1 })], { programme: "needy-worker-aid", paidOn: "2026-05-05", counts: { persons: 1, households: 1 } })); // prettier-ignore
  });
});

test("an answer about people is given once, and its body cannot be guessed from what is kept", async () => {
  const draft = await as(clerk).create(fields(1));
  const body = { version: draft.version, lines: [line()] };
  const headers = { "idempotency-key": "roster-once" };
  const path = `/api/v1/disbursements/${draft.id}/roster`;
  const send = () =>
    call(PUT, clerk, { method: "PUT", path, params: { id: draft.id }, body, headers });
  expect((await send()).status).toBe(200);
  expect((await send()).status).toBe(409);
  const { rows } = await owner.query("SELECT body_hash, response FROM idempotency_records WHERE key = 'roster-once'"); // prettier-ignore
  const { bodyHashOf } = await import("@/lib/platform/idempotency");
  expect(rows).toEqual([
    { body_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, response: "" },
  ]);
  expect((rows[0] as { body_hash: string }).body_hash).not.toBe(bodyHashOf(body));
});

test("what was loaded stays as it was audited", async () => {
  await approvedRecord(clerk, reviewer);
  expect(await faults()).toEqual(SOUND);
});
