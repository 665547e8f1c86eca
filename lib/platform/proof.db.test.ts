import { hash } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { meContract } from "@/lib/features/session/schema";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { testLaws, type Law } from "@/testing/laws";

const database = await testDatabase();
const actors = testActors(database);
const { defineRoute } = await import("./route");
const proof = await import("@/app/api/v1/me/proof/route");
const years = await import("@/app/api/v1/years/[year]/close/route");
const ledger = await import("@/app/api/v1/exports/ledger/route");
const memberships = await import("@/app/api/v1/admin/users/[id]/memberships/route");

const PASSWORD = "湟水谷地的四月";

/** Last proven a second longer ago than ten minutes, or as long ago as is said. */
const age = (person: TestPerson, ago = "10 minutes 1 second") =>
  actors.owner.query("UPDATE sessions SET proven_at = now() - $2::interval WHERE token_hash = $1", [
    person.session,
    ago,
  ]);
async function aged(person: TestPerson): Promise<TestPerson> {
  await actors.owner.query("INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)", [
    person.userId,
    await hash(PASSWORD),
  ]);
  await age(person);
  return person;
}
const prove = (person: TestPerson, password: string) =>
  call(proof.POST, person, { method: "POST", body: { password } });
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
  body.error?.code ?? status;

const door = defineRoute(
  contract({ ...meContract, method: "POST", body: z.strictObject({}), response: z.object({ done: z.boolean() }), stepUp: "always" }), // prettier-ignore
  () => Promise.resolve({ done: true }),
);
const knock = async (person: TestPerson, key = "one") =>
  codeOf(
    await call(door, person, { method: "POST", body: {}, headers: { "Idempotency-Key": key } }),
  );

describe("proof anew", () => {
  test("is asked for after ten minutes, and the same request then goes through under its key", async () => {
    const person = await aged(await actors.province());
    expect(await knock(person)).toBe("STEP_UP");
    expect(codeOf(await prove(person, "not this one"))).toBe("VALIDATION");
    expect(await knock(person)).toBe("STEP_UP");
    expect(codeOf(await prove(person, PASSWORD))).toBe(200);
    expect(await knock(person)).toBe(200);
    await age(person);
    // what was done is told again, and asks nobody anew
    expect(await knock(person)).toBe(200);
    expect(await knock(person, "two")).toBe("STEP_UP");
    await age(person, "9 minutes 30 seconds");
    expect(await knock(person, "two")).toBe(200);
  });

  test("of one session says nothing of another's", async () => {
    const [person, other] = [await aged(await actors.province()), await aged(await actors.province())]; // prettier-ignore
    await prove(person, PASSWORD);
    expect(await knock(other)).toBe("STEP_UP");
  });

  test("stands before closing a year and giving a role", async () => {
    const [province, admin] = [await aged(await actors.province()), await aged(await actors.admin())]; // prettier-ignore
    const clerk = await actors.clerk("630123");
    const close = await call(years.POST, province, { method: "POST", params: { year: "2024" }, body: { version: 1 } }); // prettier-ignore
    expect(codeOf(close)).toBe("STEP_UP");
    const grant = await call(memberships.POST, admin, { method: "POST", params: { id: clerk.userId }, body: { role: "REVIEWER", organisation: "630123" } }); // prettier-ignore
    expect(codeOf(grant)).toBe("STEP_UP");
  });

  test("stands before a file of the whole province, not before one of a part of it", async () => {
    const [province, clerk] = [await aged(await actors.province()), await aged(await actors.clerk("630123"))]; // prettier-ignore
    const file = (person: TestPerson, query: string, accept = "*/*") =>
      call(ledger.GET, person, { path: `/api/v1/exports/ledger?format=csv${query}`, headers: { accept } }); // prettier-ignore
    expect(codeOf(await file(province, ""))).toBe("STEP_UP");
    expect(codeOf(await file(province, "&org=630000"))).toBe("STEP_UP");
    const most = ["630100", "630200", "632200", "632300", "632500", "632600", "632700"].join(",");
    expect(codeOf(await file(province, `&org=${most}`))).toBe("STEP_UP");
    expect(codeOf(await file(province, "&org=630100,630000"))).toBe("STEP_UP");
    expect((await file(province, "&org=630100")).status).toBe(200);
    expect((await file(province, "&org=630123,632222")).status).toBe(200);
    expect((await file(clerk, "")).status).toBe(200);
    // a link that somebody follows leads to the page that asks, and back to the file
    const followed = await file(province, "&year=2026", "text/html,application/xhtml+xml");
    expect(followed.status).toBe(303);
    expect(followed.headers.get("location")).toBe(
      `/proof?next=${encodeURIComponent("/api/v1/exports/ledger?format=csv&year=2026")}`,
    );
    await prove(province, PASSWORD);
    expect((await file(province, "")).status).toBe(200);
  });
});

type People = { person: TestPerson };
let people: People;
test("a person for the laws", async () => {
  people = { person: await aged(await actors.province()) };
});
const proven: Law<People>["attempt"] = async (run) => {
  const [row] = await run("SELECT guard.is_proven() AS proven");
  return row?.["proven"] === true ? "proven" : "not proven";
};
testLaws(database, () => people, [
  {
    law: "after ten minutes a session is proven no more",
    by: (p) => p.person.session,
    attempt: proven,
    outcome: "not proven",
    without: `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('guard.proof_life()'::regprocedure), '00:10:00', '1 day'); END $do$`,
    then: "proven",
  },
  {
    law: "the application says of no session that it is proven",
    by: (p) => p.person.session,
    attempt: async (run, p) => {
      await run("SELECT guard.prove_session($1, $2)", [p.person.session, p.person.userId]);
    },
    outcome: "42501",
    without: "GRANT EXECUTE ON FUNCTION guard.prove_session(text, uuid) TO nuanzhang_app",
  },
  {
    law: "nor writes it into the session",
    by: (p) => p.person.session,
    attempt: async (run) => {
      await run("UPDATE sessions SET proven_at = now()");
    },
    outcome: "42501",
    without: "GRANT UPDATE ON sessions TO nuanzhang_app",
  },
]);
