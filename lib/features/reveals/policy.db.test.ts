import { beforeAll, describe, expect, test } from "vitest";
import { POST as SHOW } from "@/app/api/v1/reveal-requests/[id]/show/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { approvedRoster, draftedRoster, rosterLine } from "@/testing/rosters";
import { declineReveal, grantReveal, requestReveal, revealRoster, showGranted } from "./commands";
import { listRevealRequests, listReveals } from "./queries";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
let prefecture: TestPerson;
let province: TestPerson;
let auditor: TestPerson;
/** Of sixty lines. */
let sixty = "";

const roster = (lines: number) =>
  approvedRoster(
    { clerk, reviewer },
    Array.from({ length: lines }, () => rosterLine(9)),
  );

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  prefecture = await actors.reviewer("630100");
  province = await actors.province();
  auditor = await actors.auditor();
  sixty = await roster(60);
}, 60_000);

const input = { fields: ["name", "account"], reason: { code: "audit", words: "核对整份名单" } } as const; // prettier-ignore
const ask = (person: TestPerson, id = sixty) =>
  as(person).write((c) =>
    requestReveal({ ...c, id, input: { ...input, fields: [...input.fields] } }),
  );
type Deed = typeof grantReveal;
const decide = (person: TestPerson, id: string, deed: Deed) =>
  as(person).write((c) => deed({ ...c, id }));
const show = (person: TestPerson, id: string) => as(person).write((c) => showGranted({ ...c, id }));
const list = (person: TestPerson) => as(person).read((c) => listRevealRequests(c));
const entries = async (id: string) => {
  const { rows } = await owner.query<{ action: string; actor: string }>(
    "SELECT action, actor_id AS actor FROM audit_entries WHERE subject_type = 'reveal-request' AND subject_id = $1 ORDER BY position",
    [id],
  );
  return rows.map(({ action, actor }) => [action, actor]);
};
/** As if it had been asked, or decided, so long ago. */
async function earlier(id: string, column: "requested_at" | "decided_at", by: string) {
  await owner.query("ALTER TABLE reveal_requests DISABLE TRIGGER USER");
  await owner.query(`UPDATE reveal_requests SET ${column} = ${column} - $2::interval WHERE id = $1`, [id, by]); // prettier-ignore
  await owner.query("ALTER TABLE reveal_requests ENABLE TRIGGER USER");
}

describe("more than fifty lines", () => {
  test("one asks, another grants, the first looks once; both are told to the chain", async () => {
    const { id, ...asked } = await ask(clerk);
    expect(asked).toMatchObject({ lines: 60, state: "pending", actions: ["withdraw"] });
    await expect(show(clerk, id)).rejects.toMatchObject({ code: "STALE" });
    expect((await list(reviewer)).items[0]).toMatchObject({ id, actions: ["grant", "decline"], words: "核对整份名单" }); // prettier-ignore
    expect(await decide(reviewer, id, grantReveal)).toMatchObject({ state: "granted", actions: [] }); // prettier-ignore
    expect((await list(clerk)).items[0]).toMatchObject({ id, actions: ["show"] });
    await expect(show(reviewer, id)).rejects.toMatchObject({ code: "FORBIDDEN" });

    const { lines } = await show(clerk, id);
    expect(lines).toHaveLength(60);
    expect(lines[59]).toEqual({ no: 60, values: { name: "才让卓玛" }, unreadable: false });
    await expect(show(clerk, id)).rejects.toMatchObject({ code: "STALE" });
    expect((await list(clerk)).items[0]).toMatchObject({ id, state: "shown", actions: [], until: null }); // prettier-ignore
    expect(await entries(id)).toEqual([
      ["reveal-request.create", clerk.userId],
      ["reveal-request.grant", reviewer.userId],
    ]);
    const { rows } = await owner.query<{ body: string }>("SELECT body FROM audit_entries WHERE action = 'roster.reveal' AND actor_id = $1", [clerk.userId]); // prettier-ignore
    expect(rows.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { lines: 60, fields: ["name", "account"], reason: "audit", words: "核对整份名单", granted: id }, // prettier-ignore
    ]);
    const counts = await as(auditor).read((c) => listReveals({ ...c, query: { days: 30 } }));
    expect(counts.items.find(({ user }) => user.id === clerk.userId)).toMatchObject({ reveals: 1, byTwo: 1, lines: 60 }); // prettier-ignore
    // what two agreed on takes nothing from what one may be shown alone
    const alone = await as(clerk).write((c) =>
      revealRoster({ ...c, id: sixty, input: { ...input, fields: ["name"], lines: [1, 2] } }),
    );
    expect(alone.used).toBe(2);
  });

  test("whoever asked does not grant, nor a peer below, nor anybody elsewhere", async () => {
    const { id } = await ask(prefecture);
    await expect(decide(prefecture, id, grantReveal)).rejects.toMatchObject({ code: "SECOND_ADMINISTRATOR" }); // prettier-ignore
    for (const person of [reviewer, clerk, await actors.reviewer("632200"), await actors.admin()])
      await expect(decide(person, id, grantReveal)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(decide(auditor, id, grantReveal)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await decide(province, id, declineReveal)).toMatchObject({ state: "declined" });
    await expect(decide(province, id, grantReveal)).rejects.toMatchObject({ code: "STALE" });
    await expect(show(prefecture, id)).rejects.toMatchObject({ code: "STALE" });
  });

  test("of an auditor the province grants; of the province another of the province", async () => {
    const theirs = await ask(auditor);
    await expect(decide(reviewer, theirs.id, grantReveal)).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
    await decide(province, theirs.id, grantReveal);
    expect((await show(auditor, theirs.id)).lines).toHaveLength(60);
    const own = await ask(province);
    await expect(decide(auditor, own.id, grantReveal)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await decide(await actors.province(), own.id, grantReveal);
    expect((await show(province, own.id)).lines).toHaveLength(60);
  });

  test("one waits at a time; taken back it waits no more; of no roster there is nothing to ask", async () => {
    const { id } = await ask(reviewer);
    await expect(ask(reviewer)).rejects.toMatchObject({ code: "CONFLICT", fieldErrors: { reason: [{ key: "revealAsked" }] } }); // prettier-ignore
    expect(await decide(reviewer, id, declineReveal)).toMatchObject({ state: "withdrawn" });
    await decide(reviewer, (await ask(reviewer)).id, declineReveal);
    const bare = await as(clerk).create();
    await expect(ask(clerk, bare.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(ask(await actors.clerk("632222"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("undecided it lapses after a day, granted after an hour", async () => {
    const late = await ask(reviewer);
    await earlier(late.id, "requested_at", "25 hours");
    await expect(decide(prefecture, late.id, grantReveal)).rejects.toMatchObject({ code: "STALE" });
    const { id } = await ask(reviewer);
    await decide(prefecture, id, grantReveal);
    await earlier(id, "decided_at", "61 minutes");
    await expect(show(reviewer, id)).rejects.toMatchObject({ code: "STALE" });
    expect((await list(reviewer)).items.find((one) => one.id === id)).toMatchObject({ state: "lapsed", actions: [] }); // prettier-ignore
  });

  test("never more lines than were granted, and of two looks at once one", async () => {
    const draft = await draftedRoster(
      clerk,
      Array.from({ length: 51 }, () => rosterLine(9)),
    );
    const { id } = await ask(reviewer, draft.id);
    await decide(prefecture, id, grantReveal);
    const ends = await Promise.allSettled([show(reviewer, id), show(reviewer, id)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const again = await ask(reviewer, draft.id);
    await decide(prefecture, again.id, grantReveal);
    await owner.query("ALTER TABLE reveal_requests DISABLE TRIGGER USER");
    await owner.query("UPDATE reveal_requests SET lines = 50 WHERE id = $1", [again.id]);
    await owner.query("ALTER TABLE reveal_requests ENABLE TRIGGER USER");
    await expect(show(reviewer, again.id)).rejects.toMatchObject({ code: "TRANSITION" });
  });

  test("who sits there shows it once more, and the answer is given once", async () => {
    const { id } = await ask(auditor);
    await decide(province, id, grantReveal);
    await owner.query("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [auditor.userId]); // prettier-ignore
    const asked = () =>
      call(SHOW, auditor, {
        method: "POST",
        path: `/api/v1/reveal-requests/${id}/show`,
        params: { id },
        body: {},
        headers: { "idempotency-key": "show-once" },
      });
    expect((await asked()).body).toMatchObject({ error: { code: "STEP_UP" } });
    await owner.query("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [auditor.userId]);
    const [first, second] = [await asked(), await asked()];
    expect([first.status, second.status]).toEqual([200, 409]);
    expect(first.headers.get("cache-control")).toBe("no-store");
  });
});
