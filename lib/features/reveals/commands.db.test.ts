import { beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/disbursements/[id]/roster/reveal/route";
import { postPayments } from "@/lib/features/payments/commands";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { approvedRoster, draftedRoster, rosterLine } from "@/testing/rosters";
import { revealRoster } from "./commands";
import { listReveals } from "./queries";
import type { RevealInput } from "./schema";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
/** Of three lines, and of thirty. */
let three = "";
let thirty = "";

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  const lines = [0, 1, 2].map((n) => rosterLine(n, { name: "旦增", phone: "13909712345", note: "患病" })); // prettier-ignore
  three = await approvedRoster({ clerk, reviewer }, lines);
  thirty = await approvedRoster(
    { clerk, reviewer },
    Array.from({ length: 30 }, () => rosterLine(9)),
  );
}, 60_000);

const why = { code: "complaint", words: "信访件核实" } as const;
const reveal = (person: TestPerson, id: string, more: Partial<RevealInput> = {}) =>
  as(person).write((c) =>
    revealRoster({ ...c, id, input: { fields: ["name"], reason: why, ...more } }),
  );
const entries = async (person: TestPerson) => {
  const { rows } = await owner.query<{ subject: string; body: string }>(
    "SELECT subject_id AS subject, body FROM audit_entries WHERE action = 'roster.reveal' AND actor_id = $1 ORDER BY position",
    [person.userId],
  );
  return rows.map(({ subject, body }) => ({ subject, ...(JSON.parse(body) as object) }));
};
const unproven = (person: TestPerson) =>
  owner.query("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [
    person.userId,
  ]);

describe("as it was typed", () => {
  test("what was asked for and no more, to whoever works there or looks over it, and told to the chain", async () => {
    for (const person of [
      clerk,
      reviewer,
      await actors.reviewer("630100"),
      await actors.province(),
      await actors.auditor(),
    ]) {
      const { lines, used, most } = await reveal(person, three, { fields: ["name", "phone"], lines: [2, 3] }); // prettier-ignore
      expect(lines).toEqual(
        [2, 3].map((no) => ({ no, values: { name: "旦增", phone: "13909712345" }, unreadable: false })), // prettier-ignore
      );
      expect([used, most]).toEqual([2, 50]);
      expect(await entries(person)).toEqual([
        { subject: three, lines: 2, fields: ["name", "phone"], reason: "complaint", words: "信访件核实" }, // prettier-ignore
      ]);
    }
  });

  test("to nobody of another county, and to no administrator", async () => {
    for (const person of [await actors.clerk("632222"), await actors.reviewer("632200")])
      await expect(reveal(person, three)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const admin = await call(POST, await actors.admin(), {
      method: "POST",
      params: { id: three },
      body: { fields: ["name"], reason: why },
    });
    expect(admin.status).toBe(403);
    await expect(reveal(clerk, three, { lines: [77] })).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
  });

  test("the bank's words too; a reason says why, and no number of anybody", async () => {
    await as(clerk).write(
      (c) =>
      postPayments({ ...c, id: three, input: { on: "2026-09-10", rows: [1, 2, 3].map((no) => ({ no, result: "returned", words: `户名不符${no}` })) } }), // prettier-ignore
    );
    const { lines } = await reveal(await actors.reviewer("630123"), three, { fields: ["bankWords"], lines: [2] }); // prettier-ignore
    expect(lines).toEqual([{ no: 2, values: { bankWords: "户名不符2" }, unreadable: false }]);
    for (const words of ["", "核", "身份证 639901198001010014"]) {
      const answer = await call(POST, clerk, {
        method: "POST",
        params: { id: three },
        body: { fields: ["name"], reason: { code: "other", words } },
      });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain("639901198001010014");
    }
  });

  test("under one key it is given once, and nothing of it is kept", async () => {
    const person = await actors.auditor();
    const ask = () =>
      call(POST, person, {
        method: "POST",
        path: `/api/v1/disbursements/${three}/roster/reveal`,
        params: { id: three },
        body: { fields: ["name"], reason: why },
        headers: { "idempotency-key": "reveal-once" },
      });
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status]).toEqual([200, 409]);
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(await entries(person)).toHaveLength(1);
    const { rows } = await owner.query("SELECT response FROM idempotency_records WHERE key = 'reveal-once'"); // prettier-ignore
    expect(rows).toEqual([{ response: "" }]);
  });
});

describe("so many a day", () => {
  test("above twenty the password is asked for again; the same line again counts once", async () => {
    const person = await actors.auditor();
    await unproven(person);
    await reveal(person, thirty, { lines: Array.from({ length: 20 }, (_, n) => n + 1) });
    await reveal(person, thirty, { lines: [1, 20] });
    await expect(reveal(person, thirty, { lines: [21] })).rejects.toMatchObject({ code: "STEP_UP" }); // prettier-ignore
    await owner.query("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [person.userId]);
    expect(await reveal(person, thirty, { lines: [21] })).toMatchObject({ used: 21 });
    expect(await entries(person)).toHaveLength(3);
  });

  test("above fifty nothing is shown, whoever asks, also at once", async () => {
    const more = await approvedRoster(
      { clerk, reviewer },
      Array.from({ length: 21 }, () => rosterLine(9)),
    );
    const person = await actors.province();
    await reveal(person, thirty);
    await expect(reveal(person, more)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfter: 3600,
    });
    const ends = await Promise.allSettled([
      reveal(person, more, { lines: Array.from({ length: 15 }, (_, n) => n + 1) }),
      reveal(person, more, { lines: Array.from({ length: 15 }, (_, n) => n + 7) }),
    ]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await reveal(person, three, { lines: [1] })).toMatchObject({ used: 46 });
    // a day later it begins anew
    await owner.query("ALTER TABLE roster_reveals DISABLE TRIGGER append_only");
    await owner.query("UPDATE roster_reveals SET at = at - interval '25 hours' WHERE user_id = $1", [person.userId]); // prettier-ignore
    await owner.query("ALTER TABLE roster_reveals ENABLE TRIGGER append_only");
    expect(await reveal(person, more)).toMatchObject({ used: 21 });
  });
});

test("administrators and auditors see counts; of whom stands nowhere", async () => {
  const person = await actors.reviewer("630123");
  await reveal(person, three, { lines: [1, 2], fields: ["idNumber"] });
  await reveal(person, three, { lines: [2, 3], reason: { code: "visit", words: "走访" } });
  const list = (asker: TestPerson) =>
    as(asker).read((c) => listReveals({ ...c, query: { days: 30 } }));
  const { items } = await list(await actors.admin());
  expect(items.find(({ user }) => user.id === person.userId)).toMatchObject({
    reveals: 2,
    lines: 3,
    fields: ["idNumber", "name"],
    reasons: ["complaint", "visit"],
  });
  expect(JSON.stringify(items)).not.toMatch(/走访|旦增/);
  expect((await list(await actors.auditor())).items).toEqual(items);
  for (const asker of [clerk, reviewer, await actors.province()])
    await expect(list(asker)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a draft's lines are masked to who judges them, and shown with a reason", async () => {
  const { id } = await draftedRoster(clerk, [rosterLine(0)]);
  const { lines } = await reveal(reviewer, id, { lines: [1] });
  expect(lines[0]?.values).toEqual({ name: "才让卓玛" });
});
