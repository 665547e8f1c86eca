import { describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { testLaws, type Law } from "@/testing/laws";

const database = await testDatabase();
const ISSUER = "https://id.example.cn";
Object.assign(process.env, {
  OIDC_ISSUER: ISSUER,
  OIDC_CLIENT_ID: "ledger",
  OIDC_CLIENT_SECRET: "secret-of-the-test",
});
const actors = testActors(database);
const { writeAs } = await import("@/lib/platform/db");
const commands = await import("./commands");

const link = (admin: TestPerson, id: string, version: number, subject: string) =>
  writeAs(admin.session, (c) =>
    commands.linkIdentity({ ...c, params: { id }, body: { version, subject } }),
  );
const unlink = (admin: TestPerson, id: string, version: number, subject: string) =>
  writeAs(admin.session, (c) =>
    commands.unlinkIdentity({
      ...c,
      params: { id },
      body: { version, issuer: ISSUER, subject },
    }),
  );
const known = async (subject: string) =>
  (await actors.owner.query("SELECT guard.find_identity($1, $2) AS id", [ISSUER, subject])).rows;

describe("a person known to the identity provider", () => {
  test("is linked to an account and unlinked, each once, signed out, and written down", async () => {
    const admin = await actors.admin();
    const { userId: id, session } = await actors.clerk("630123");
    const linked = await link(admin, id, 1, "zhang.san");
    expect(linked).toMatchObject({
      version: 2,
      identities: [{ issuer: ISSUER, subject: "zhang.san" }],
    });
    expect(await known("zhang.san")).toEqual([{ id }]);
    await expect(writeAs(session, () => Promise.resolve())).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    const other = await actors.clerk("632222");
    await expect(link(admin, other.userId, 1, "zhang.san")).rejects.toMatchObject({
      fieldErrors: { subject: [{ key: "identityTaken" }] },
    });
    await expect(unlink(admin, id, 1, "zhang.san")).rejects.toMatchObject({ code: "STALE" });
    await expect(unlink(admin, id, 2, "li.si")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await unlink(admin, id, 2, "zhang.san")).toMatchObject({ version: 3, identities: [] });
    expect(await known("zhang.san")).toEqual([{ id: null }]);
    const { rows } = await actors.owner.query(
      "SELECT action, body::json AS body FROM audit_entries WHERE subject_id = $1 ORDER BY position",
      [id],
    );
    const body = { issuer: ISSUER, subject: "zhang.san" };
    expect(rows).toEqual([
      { action: "user.link-identity", body },
      { action: "user.unlink-identity", body },
    ]);
  });

  test("is nobody's to link but an administrator's, and not their own", async () => {
    const admin = await actors.admin();
    const clerk = await actors.clerk("630123");
    for (const person of [await actors.province(), await actors.reviewer("630100")])
      await expect(link(person, clerk.userId, 1, "x")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(link(admin, admin.userId, 1, "x")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

type People = { admin: TestPerson; province: TestPerson; clerk: TestPerson };
let people: People;
test("people for the laws", async () => {
  const [admin, province] = [await actors.admin(), await actors.province()];
  people = { admin, province, clerk: await actors.clerk("630123") };
  await link(admin, people.clerk.userId, 1, "standing");
});

const insert =
  (to: keyof People, entry: boolean): Law<People>["attempt"] =>
  async (run, people) => {
    const id = people[to].userId;
    await run("UPDATE users SET version = version + 1 WHERE id = $1 AND guard.is_admin()", [id]);
    await run("INSERT INTO user_identities VALUES ($1, 'raw', $2)", [ISSUER, id]);
    if (entry)
      await run("SELECT guard.append_audits('{user.link-identity}', ARRAY[$1], '{\"{}\"}')", [id]);
  };
const remove =
  (entry: boolean): Law<People>["attempt"] =>
  async (run, { clerk }) => {
    await run("UPDATE users SET version = version + 1 WHERE id = $1", [clerk.userId]);
    const gone = await run("DELETE FROM user_identities WHERE subject = 'standing' RETURNING 1");
    if (gone.length === 0) return "untouched";
    if (entry)
      await run("SELECT guard.append_audits('{user.unlink-identity}', ARRAY[$1], '{\"{}\"}')", [
        clerk.userId,
      ]);
    return "gone";
  };
const NO_ROW_SECURITY = "ALTER TABLE user_identities DISABLE ROW LEVEL SECURITY";
const NOT_AUDITED = "DROP TRIGGER audited ON user_identities; DROP TRIGGER audited ON users";

testLaws(database, () => people, [
  {
    law: "the province links nobody",
    by: (p) => p.province.session,
    attempt: insert("clerk", true),
    outcome: "42501",
    without: NO_ROW_SECURITY,
  },
  {
    law: "an administrator does not link their own account",
    by: (p) => p.admin.session,
    attempt: insert("admin", true),
    outcome: "42501",
    without: NO_ROW_SECURITY,
    // one administrator alone links none of them
    then: "NZ015",
  },
  {
    law: "nobody is linked without an entry",
    by: (p) => p.admin.session,
    attempt: insert("clerk", false),
    outcome: "NZ008",
    without: NOT_AUDITED,
  },
  {
    law: "nobody is unlinked without an entry",
    by: (p) => p.admin.session,
    attempt: remove(false),
    outcome: "NZ008",
    without: NOT_AUDITED,
    then: "gone",
  },
  {
    law: "the province unlinks nobody",
    by: (p) => p.province.session,
    attempt: remove(true),
    outcome: "untouched",
    without: NO_ROW_SECURITY,
    then: "NZ012",
  },
]);
