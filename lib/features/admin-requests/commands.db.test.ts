import { describe, expect, test } from "vitest";
import type { Role } from "@/lib/kernel/actor";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { testLaws, rewrite, type Law, type Run } from "@/testing/laws";

const ISSUER = "https://id.example.cn";
process.env["OIDC_ISSUER"] = ISSUER;
process.env["OIDC_CLIENT_ID"] = "ledger";
process.env["OIDC_CLIENT_SECRET"] = "not a secret";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, writeAs } = await import("@/lib/platform/db");
const { checkPassword } = await import("@/lib/platform/sign-in");
const { prepareOncePassword, ...alone } = await import("@/lib/features/admin/commands");
const { findUser } = await import("@/lib/features/admin/queries");
const commands = await import("./commands");
const { listAdminRequests } = await import("./queries");

type Asked = Parameters<typeof commands.createAdminRequest>[0]["body"];
const ask = (admin: TestPerson, body: Asked) =>
  writeAs(admin.session, (c) => commands.createAdminRequest({ ...c, body }));
async function confirm(admin: TestPerson, id: string) {
  const fresh = await readAs(admin.session, ({ actor }) => prepareOncePassword({ actor }));
  return writeAs(admin.session, (c) =>
    commands.confirmAdminRequest({ ...c, ...fresh, params: { id } }),
  );
}
const decline = (admin: TestPerson, id: string) =>
  writeAs(admin.session, (c) => commands.declineAdminRequest({ ...c, params: { id } }));
const userOf = (admin: TestPerson, id: string) => readAs(admin.session, ({ db }) => findUser({ db, id })); // prettier-ignore

let count = 0;
function opening(role: "PROVINCE" | "AUDITOR" | "ADMIN"): Asked {
  count += 1;
  return {
    kind: "open-account",
    username: `far.${count}`,
    nameZh: "新人",
    nameEn: "New Person",
    membership: { role, organisation: "630000" },
  };
}

const entriesOf = async (ids: string[]) =>
  (
    await actors.owner.query<{ action: string }>(
      "SELECT action FROM audit_entries WHERE subject_id = ANY ($1) ORDER BY position",
      [ids],
    )
  ).rows.map(({ action }) => action);

describe("what takes two administrators", () => {
  test("one asks, another confirms, and exactly that is done and written down", async () => {
    const [first, second] = [await actors.admin(), await actors.admin()];
    const asked = await ask(first, opening("PROVINCE"));
    expect(asked).toMatchObject({ state: "pending", account: { id: null, nameZh: "新人" } });
    await expect(confirm(first, asked.id)).rejects.toMatchObject({ code: "SECOND_ADMINISTRATOR" });
    const { request, password } = await confirm(second, asked.id);
    expect(request).toMatchObject({ state: "confirmed", decidedBy: { id: second.userId } });
    const id = request.account.id ?? "";
    expect(await userOf(first, id)).toMatchObject({
      username: asked.account.username,
      memberships: [{ role: "PROVINCE", organisation: "630000" }],
    });
    await expect(checkPassword(asked.account.username, password ?? "", "t")).rejects.toThrow(
      "once",
    );
    expect(await entriesOf([id, asked.id])).toEqual(["admin-request.create", "user.create", "admin-request.confirm"]); // prettier-ignore
    await expect(confirm(second, asked.id)).rejects.toMatchObject({ code: "STALE" });
  });

  test("a role, a password, an identity and being enabled again, of accounts that reach far", async () => {
    const [first, second] = [await actors.admin(), await actors.admin()];
    const [clerk, auditor] = [await actors.clerk("630123"), await actors.auditor()];
    const user = auditor.userId;
    const done = async (body: Asked) => confirm(second, (await ask(first, body)).id);
    await done({ kind: "grant-role", user: clerk.userId, role: "AUDITOR", organisation: "630100" });
    expect((await userOf(first, clerk.userId))?.memberships).toMatchObject([{ role: "AUDITOR" }, { role: "CLERK" }]); // prettier-ignore
    const { password } = await done({ kind: "reset-password", user });
    await expect(checkPassword(auditor.username, password ?? "", "t")).rejects.toThrow("once");
    await done({ kind: "link-identity", user, subject: "li.si" });
    await writeAs(first.session, (c) =>
      alone.updateUser({ ...c, params: { id: user }, body: { version: 2, active: false } }),
    );
    await done({ kind: "enable-account", user });
    expect(await userOf(first, user)).toMatchObject({
      active: true,
      identities: [{ issuer: ISSUER, subject: "li.si" }],
    });
    expect(await entriesOf([user])).toEqual(["user.reset-password", "user.link-identity", "user.disable", "user.enable"]); // prettier-ignore
  });

  test("one alone does none of it through the doors for one", async () => {
    const admin = await actors.admin();
    const auditor = await actors.auditor();
    const clerk = await actors.clerk("630123");
    await actors.owner.query("UPDATE users SET active = false WHERE id = $1", [auditor.userId]);
    const fresh = await readAs(admin.session, ({ actor }) => prepareOncePassword({ actor }));
    const params = { id: auditor.userId };
    const { nameZh, nameEn } = { nameZh: "甲", nameEn: "A" };
    const grant = (role: Role, id: string) =>
      writeAs(admin.session, (c) =>
        alone.grantMembership({ ...c, params: { id }, body: { role, organisation: "630000" } }),
      );
    const attempts = [
      ...(["PROVINCE", "AUDITOR"] as const).map((role) => grant(role, clerk.userId)),
      writeAs(admin.session, (c) => alone.createUser({ ...c, ...fresh, body: { username: "lone.admin", nameZh, nameEn, membership: { role: "ADMIN", organisation: "630000" } } })), // prettier-ignore
      writeAs(admin.session, (c) => alone.resetPassword({ ...c, ...fresh, params })),
      writeAs(admin.session, (c) => alone.updateUser({ ...c, params, body: { version: 1, active: true } })), // prettier-ignore
      writeAs(admin.session, (c) => alone.linkIdentity({ ...c, params, body: { version: 1, subject: "x" } })), // prettier-ignore
    ];
    for (const attempt of await Promise.allSettled(attempts))
      expect(attempt).toMatchObject({ reason: { code: "SECOND_ADMINISTRATOR" } });
  });

  test("a request lapses after 7 days, is declined by another and taken back by its maker", async () => {
    const [first, second] = [await actors.admin(), await actors.admin()];
    const [old, unwanted, own] = [
      await ask(first, opening("AUDITOR")),
      await ask(first, opening("AUDITOR")),
      await ask(first, opening("AUDITOR")),
    ];
    await actors.owner.query(
      "UPDATE admin_requests SET requested_at = now() - interval '7 days 1 second' WHERE id = $1",
      [old.id],
    );
    await expect(confirm(second, old.id)).rejects.toMatchObject({ code: "STALE" });
    await expect(decline(second, unwanted.id)).resolves.toMatchObject({ state: "declined" });
    await expect(decline(first, own.id)).resolves.toMatchObject({ state: "withdrawn" });
    const { items } = await readAs(second.session, listAdminRequests);
    const states = new Map(items.map(({ id, state }) => [id, state]));
    expect([old, unwanted, own].map(({ id }) => states.get(id))).toEqual(["lapsed", "declined", "withdrawn"]); // prettier-ignore
    for (const { username } of [old, unwanted, own].map(({ account }) => account))
      expect((await actors.owner.query("SELECT FROM users WHERE username = $1", [username])).rowCount).toBe(0); // prettier-ignore
  });

  test("is nobody's to see, ask or decide but an administrator's", async () => {
    const admin = await actors.admin();
    const asked = await ask(admin, opening("AUDITOR"));
    for (const person of [await actors.province(), await actors.auditor()]) {
      await expect(readAs(person.session, listAdminRequests)).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
      await expect(ask(person, opening("AUDITOR"))).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(decline(person, asked.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

type People = Record<"first" | "second" | "clerk" | "auditor" | "province", TestPerson> & {
  request: string;
  old: string;
  aboutSecond: string;
  orphan: string;
};
let people: People;
test("people for the laws", async () => {
  const [first, second] = [await actors.admin(), await actors.admin()];
  const [clerk, auditor] = [await actors.clerk("630123"), await actors.auditor()];
  const grant = { kind: "grant-role" as const, user: clerk.userId, role: "AUDITOR" as const, organisation: "630000" }; // prettier-ignore
  const left = await actors.admin();
  const [request, old, aboutSecond, orphan] = [
    await ask(first, grant),
    await ask(first, grant),
    await ask(first, { kind: "reset-password", user: second.userId }),
    await ask(left, grant),
  ];
  await actors.owner.query("UPDATE admin_requests SET requested_at = now() - interval '8 days' WHERE id = $1", [old.id]); // prettier-ignore
  await actors.owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [left.userId]); // prettier-ignore
  await actors.owner.query("UPDATE users SET active = false WHERE id = $1", [auditor.userId]);
  people = { first, second, clerk, auditor, province: await actors.province(), request: request.id, old: old.id, aboutSecond: aboutSecond.id, orphan: orphan.id }; // prettier-ignore
});

const entry = (run: Run, action: string, id: string) =>
  run("SELECT guard.append_audits(ARRAY[$1], ARRAY[$2], '{\"{}\"}')", [action, id]);
const giveRole = (role: Role) => async (run: Run, p: People) => {
  await run(
    `INSERT INTO memberships (user_id, organisation_id, role) SELECT $1, id, $2 FROM organisations WHERE code = '630000'`,
    [p.clerk.userId, role],
  );
  await entry(run, "user.grant-role", p.clerk.userId);
};
const decides =
  (which: "request" | "old" | "aboutSecond" | "orphan", decision = "CONFIRMED") =>
  async (run: Run, p: People) => {
    await run("SELECT guard.decide_request($1, $2, 'hash')", [p[which], decision]);
    await entry(
      run,
      `admin-request.${decision === "CONFIRMED" ? "confirm" : "withdraw"}`,
      p[which],
    );
    if (decision === "CONFIRMED" && which !== "aboutSecond")
      await entry(run, "user.grant-role", p.clerk.userId);
  };
const without = (table: string) => `DROP TRIGGER by_two ON ${table}`;
const DECIDE = "decide_request(bigint,text,text)";
const first = (p: People) => p.first.session;
const second = (p: People) => p.second.session;

const laws: Law<People>[] = [
  ...(["AUDITOR", "PROVINCE"] as const).map((role) => ({
    law: `the application gives nobody the role ${role}`,
    by: first,
    attempt: giveRole(role),
    outcome: "NZ015",
    without: without("memberships"),
  })),
  {
    law: "nor sets the password of an auditor",
    by: first,
    attempt: async (run, p) => {
      await run("SELECT guard.set_password($1, 'hash')", [p.auditor.userId]);
    },
    outcome: "NZ015",
    without: rewrite("set_password(uuid,text)", "guard.is_far_reaching(p_user_id)", "false"),
  },
  {
    law: "nor links one to an identity",
    by: first,
    attempt: async (run, p) => {
      await run("INSERT INTO user_identities VALUES ($1, 'far', $2)", [ISSUER, p.auditor.userId]);
      await entry(run, "user.link-identity", p.auditor.userId);
    },
    outcome: "NZ015",
    without: without("user_identities"),
  },
  {
    law: "nor enables one again",
    by: first,
    attempt: async (run, p) => {
      await run("UPDATE users SET active = true WHERE id = $1", [p.auditor.userId]);
      await entry(run, "user.enable", p.auditor.userId);
    },
    outcome: "NZ015",
    without: without("users"),
  },
  {
    law: "who asked does not confirm",
    by: first,
    attempt: decides("request"),
    outcome: "NZ015",
    without: `${rewrite(DECIDE, "(p_decision = 'WITHDRAWN') <> (r.requested_by = v_me)", "false")};
      ALTER TABLE admin_requests DROP CONSTRAINT request_by_two`,
  },
  {
    law: "who asked does not confirm, by the row itself",
    by: first,
    role: "owner",
    attempt: async (run, p) => {
      await run(
        `UPDATE admin_requests SET decision = 'CONFIRMED', decided_by = requested_by, decided_at = now() WHERE id = $1`,
        [p.request],
      );
    },
    outcome: "23514",
    without: "ALTER TABLE admin_requests DROP CONSTRAINT request_by_two",
  },
  {
    law: "after seven days nobody confirms",
    by: second,
    attempt: decides("old"),
    outcome: "NZ007",
    without: rewrite(DECIDE, "now() - guard.request_life()", "'-infinity'"),
  },
  {
    law: "nobody confirms what is about themselves",
    by: second,
    attempt: decides("aboutSecond"),
    outcome: "42501",
    without: rewrite(DECIDE, "r.user_id = v_me", "false"),
  },
  {
    law: "what somebody asked for who is no administrator any more is not confirmed",
    by: second,
    attempt: decides("orphan"),
    outcome: "NZ007",
    without: rewrite(DECIDE, "AND m.revoked_at IS NULL", ""),
  },
  {
    law: "the province decides nothing of it",
    by: (p) => p.province.session,
    attempt: decides("request"),
    outcome: "42501",
    without: `${rewrite(DECIDE, "NOT guard.is_admin()", "false")}`,
  },
  {
    law: "a decision is not written into the row",
    by: second,
    attempt: async (run, p) => {
      await run("UPDATE admin_requests SET decision = 'DECLINED' WHERE id = $1", [p.request]);
    },
    outcome: "42501",
    without: "GRANT UPDATE ON admin_requests TO nuanzhang_app",
  },
  {
    law: "a request is made in one's own name, now",
    by: first,
    attempt: async (run, p) => {
      const [row] = await run(
        `INSERT INTO admin_requests (kind, user_id) VALUES ('RESET-PASSWORD', $1) RETURNING id, requested_by = $2 AS own`,
        [p.clerk.userId, p.first.userId],
      );
      await entry(run, "admin-request.create", String(row?.["id"]));
      return row?.["own"] === true ? "own" : "another's";
    },
    outcome: "own",
    without: "DROP TRIGGER before_request ON admin_requests",
    then: "23502",
  },
  {
    law: "nobody asks for themselves",
    by: first,
    attempt: async (run, p) => {
      const [row] = await run(
        `INSERT INTO admin_requests (kind, user_id) VALUES ('RESET-PASSWORD', $1) RETURNING id`,
        [p.first.userId],
      );
      await entry(run, "admin-request.create", String(row?.["id"]));
    },
    outcome: "42501",
    without: rewrite("before_request()", "NEW.user_id = guard.session_user_id()", "false"),
  },
  {
    law: "none is made without its entry",
    by: first,
    attempt: async (run, p) => {
      await run("INSERT INTO admin_requests (kind, user_id) VALUES ('RESET-PASSWORD', $1)", [
        p.clerk.userId,
      ]);
    },
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON admin_requests",
  },
  {
    law: "the province reads none",
    by: (p) => p.province.session,
    attempt: async (run) =>
      (await run("SELECT FROM admin_requests")).length > 0 ? "found" : "nothing",
    outcome: "nothing",
    without: "CREATE POLICY anybody ON admin_requests FOR SELECT TO nuanzhang_app USING (true)",
    then: "found",
  },
];
testLaws(database, () => people, laws);
