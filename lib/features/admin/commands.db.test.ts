import pg from "pg";
import { describe, expect, test } from "vitest";
import type { Role } from "@/lib/kernel/actor";
import { reaches } from "@/lib/kernel/scope";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, sql, writeAs } = await import("@/lib/platform/db");
const { checkPassword } = await import("@/lib/platform/sign-in");
const { as } = await import("@/testing/records");
const commands = await import("./commands");
const { listFailedSignIns } = await import("./queries");

const now = new Date();
/** What a person chooses in place of the one-time password. */
const OWN = "山高水长，湟水河边的风";
let count = 0;

/** A new password as the door prepares it, before the transaction. */
const newPassword = (person: TestPerson) =>
  readAs(person.session, ({ actor }) => commands.prepareOncePassword({ actor }));

async function create(admin: TestPerson, role: Role = "CLERK", organisation = "630123") {
  count += 1;
  const body = {
    username: `new.${count}`,
    nameZh: "新人",
    nameEn: "New Person",
    membership: { role, organisation },
  };
  const fresh = await newPassword(admin);
  return writeAs(admin.session, (c) => commands.createUser({ ...c, ...fresh, body }));
}

const grant = (admin: TestPerson, id: string, role: Role, organisation: string) =>
  writeAs(admin.session, (c) =>
    commands.grantMembership({ ...c, params: { id }, body: { role, organisation } }),
  );

async function auditOf(id: string): Promise<string[]> {
  const { rows } = await actors.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE subject_type = 'user' AND subject_id = $1 ORDER BY position",
    [id],
  );
  return rows.map((row) => row.action);
}

describe("an account", () => {
  test("is opened with a role and a password that fits, and written down", async () => {
    const { user, password } = await create(await actors.admin());
    expect(user.memberships).toMatchObject([{ role: "CLERK", organisation: "630123" }]);
    await expect(checkPassword(user.username, password, "t")).rejects.toThrow("once");
    expect(await auditOf(user.id)).toEqual(["user.create"]);
    await expect(checkPassword(user.username, password, "t", OWN)).resolves.toBe(user.id);
  });

  test("is opened by nobody but an administrator, whatever the door", async () => {
    for (const person of [
      await actors.clerk("630123"),
      await actors.reviewer("630100"),
      await actors.province(),
      await actors.auditor(),
    ]) {
      await expect(create(person)).rejects.toMatchObject({ code: "FORBIDDEN" });
      const unprepared = { password: "x", passwordHash: "x", body: { username: "n", nameZh: "x", nameEn: "x", membership: { role: "CLERK" as const, organisation: "630123" } } }; // prettier-ignore
      await expect(
        writeAs(person.session, (c) => commands.createUser({ ...c, ...unprepared })),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
      const bySql = writeAs(person.session, ({ tx }) =>
        tx.run(sql`INSERT INTO users (username, name_zh, name_en) VALUES ('smuggled', 'x', 'x')`),
      );
      await expect(bySql).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("is not written without its audit entry", async () => {
    const admin = await actors.admin();
    const silent = writeAs(admin.session, ({ tx }) =>
      tx.run(sql`INSERT INTO users (username, name_zh, name_en) VALUES ('silent', 'x', 'x')`),
    );
    await expect(silent).rejects.toMatchObject({ code: "INTERNAL" });
  });

  test("disabled signs out and stays out; a stale version changes nothing", async () => {
    const admin = await actors.admin();
    const person = await actors.clerk("630123");
    const set = (version: number, active: boolean) =>
      writeAs(admin.session, (c) =>
        commands.updateUser({ ...c, params: { id: person.userId }, body: { version, active } }),
      );
    await expect(set(1, false)).resolves.toMatchObject({ active: false, version: 2 });
    const work = writeAs(person.session, () => Promise.resolve("still in"));
    await expect(work).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(set(1, true)).rejects.toMatchObject({ code: "STALE" });
    await expect(set(2, true)).resolves.toMatchObject({ active: true });
    expect(await auditOf(person.userId)).toEqual(["user.disable", "user.enable"]);
  });

  test("gets a new password; the old one is dead", async () => {
    const admin = await actors.admin();
    const { user, password } = await create(admin);
    const fresh = await newPassword(admin);
    const reset = await writeAs(admin.session, (c) =>
      commands.resetPassword({ ...c, ...fresh, params: { id: user.id } }),
    );
    await expect(checkPassword(user.username, password, "t")).rejects.toThrow("invalid");
    await expect(checkPassword(user.username, reset.password, "t", OWN)).resolves.toBe(user.id);
  });
});

describe("duties", () => {
  test("an administrator changes neither their own account nor roles, not even by SQL", async () => {
    const admin = await actors.admin();
    const params = { id: admin.userId };
    const fresh = await newPassword(admin);
    const own = [
      () =>
        writeAs(admin.session, (c) =>
          commands.updateUser({ ...c, params, body: { version: 1, active: true } }),
        ),
      () => writeAs(admin.session, (c) => commands.resetPassword({ ...c, ...fresh, params })),
      () => grant(admin, admin.userId, "CLERK", "630123"),
      () =>
        writeAs(admin.session, ({ tx }) =>
          tx.run(
            sql`UPDATE memberships SET revoked_at = ${now} WHERE user_id = ${admin.userId}::uuid`,
          ),
        ),
    ];
    for (const attempt of own) await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("keeping accounts and working on records are two people, by rule and by law", async () => {
    const admin = await actors.admin();
    const { user } = await create(admin);
    const both = grant(admin, user.id, "ADMIN", "630000");
    await expect(both).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { role: [{ key: "adminAlone" }] },
    });
    const bySql = actors.owner.query(
      `INSERT INTO memberships (user_id, organisation_id, role)
       SELECT $1, id, 'ADMIN' FROM organisations WHERE code = '630000'`,
      [user.id],
    );
    await expect(bySql).rejects.toMatchObject({ code: "23514" });
  });

  test("two grants that come together cannot give what neither may", async () => {
    const { user } = await create(await actors.admin());
    const other = new pg.Client({ connectionString: database.ownerUrl });
    await other.connect();
    const { rows: own } = await other.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const waits = async () =>
      (
        await actors.owner.query("SELECT FROM pg_locks WHERE pid = $1 AND NOT granted", [
          own[0]?.pid,
        ])
      ).rowCount === 1;
    const give = (client: pg.Client, role: Role) =>
      client.query(
        `INSERT INTO memberships (user_id, organisation_id, role)
         SELECT $1, id, $2 FROM organisations WHERE code = '630000'`,
        [user.id, role],
      );
    await actors.owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [
      user.id,
    ]);
    await actors.owner.query("BEGIN");
    await give(actors.owner, "ADMIN");
    const second = give(other, "AUDITOR").then(
      () => "given",
      (error: { code: string }) => error.code,
    );
    // either the second is made to wait for the first, or it has already looked
    let looked = false;
    void second.then(() => (looked = true));
    while (!looked && !(await waits())) continue;
    await actors.owner.query("COMMIT");
    expect(await second).toBe("23514");
    await other.end();
  });

  test("province-wide roles are held at the province", async () => {
    const admin = await actors.admin();
    for (const role of ["PROVINCE", "ADMIN"] as const)
      await expect(create(admin, role, "630123")).rejects.toMatchObject({
        fieldErrors: { "membership.organisation": [{ key: "roleAtProvince" }] },
      });
  });

  test("a role taken back ends the session it was used in", async () => {
    const admin = await actors.admin();
    const person = await actors.clerk("630123");
    const { rows } = await actors.owner.query<{ id: number }>(
      "SELECT id FROM memberships WHERE user_id = $1",
      [person.userId],
    );
    const params = { id: String(rows[0]?.id) };
    const revoke = () =>
      writeAs(admin.session, (c) => commands.revokeMembership({ ...c, params, now }));
    await expect(revoke()).resolves.toMatchObject({ memberships: [] });
    await expect(revoke()).rejects.toMatchObject({ code: "NOT_FOUND" });
    const work = writeAs(person.session, () => Promise.resolve("still in"));
    await expect(work).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("unions and programmes", () => {
  const add = (admin: TestPerson, kind: "COUNTY" | "GRASS_ROOTS", parent: string, code: string) =>
    writeAs(admin.session, (c) =>
      commands.createOrganisation({
        ...c,
        body: { code, nameZh: "某厂工会", nameEn: "Mill Union", kind, parent },
      }),
    );

  test("a new one stands below its parent and is reached from above", async () => {
    const admin = await actors.admin();
    await add(admin, "GRASS_ROOTS", "630123", "630123-G01");
    const reach = (person: TestPerson) =>
      writeAs(person.session, async ({ db, scope }) => {
        const [mill] = await db.rows<{ path: string }>(
          sql`SELECT path FROM organisations WHERE code = '630123-G01'`,
        );
        return { homes: scope.homes.length, mill: reaches(scope, mill?.path ?? "") };
      });
    expect(await reach(await actors.clerk("630123"))).toEqual({ homes: 1, mill: true });
    expect(await reach(await actors.clerk("632222"))).toEqual({ homes: 1, mill: false });
    await expect(add(admin, "GRASS_ROOTS", "630123", "630123-G01")).rejects.toMatchObject({
      fieldErrors: { code: [{ key: "codeTaken" }] },
    });
    await expect(add(admin, "COUNTY", "630123", "630199")).rejects.toMatchObject({
      fieldErrors: { parent: [{ key: "parentKind" }] },
    });
  });

  test("a programme is renamed once a version, by administrators alone", async () => {
    const admin = await actors.admin();
    const rename = (who: TestPerson, version: number) =>
      writeAs(who.session, (c) =>
        commands.updateProgramme({
          ...c,
          params: { code: "cool-summer" },
          body: { version, nameEn: "Cool Summers" },
        }),
      );
    await expect(rename(await actors.province(), 1)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const both = await Promise.allSettled([rename(admin, 1), rename(admin, 1)]);
    expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  const breakfast = {
    code: "night-breakfast",
    nameZh: "夜班早餐",
    nameEn: "Night Breakfast",
    season: "breakfast" as const,
    contributory: false,
    noticeFromYear: null,
    seasonMonths: [],
    mainUnit: "persons" as const,
    allowedForms: ["goods" as const],
    defaultForm: "goods" as const,
    defaultAidCategory: "",
    defaultRecipientKind: "",
  };

  test("a programme is added at the end, and counts apart or not until a record names it", async () => {
    const admin = await actors.admin();
    const [sample] = (
      await actors.owner.query<{ category: string; kind: string }>(
        `SELECT (SELECT code FROM aid_categories ORDER BY id LIMIT 1) AS category,
           (SELECT code FROM recipient_kinds ORDER BY id LIMIT 1) AS kind`,
      )
    ).rows;
    const body = {
      ...breakfast,
      defaultAidCategory: sample?.category ?? "",
      defaultRecipientKind: sample?.kind ?? "",
    };
    const add = (who: TestPerson, asked: Partial<typeof body> = {}) =>
      writeAs(who.session, (c) => commands.createProgramme({ ...c, body: { ...body, ...asked } }));
    const made = await add(admin);
    expect(made).toMatchObject({ ...body, active: true, version: 1 });
    await expect(add(admin)).rejects.toMatchObject({
      fieldErrors: { code: [{ key: "codeTaken" }] },
    });
    await expect(add(admin, { code: "n2", defaultAidCategory: "nowhere" })).rejects.toMatchObject({
      fieldErrors: { defaultAidCategory: [{ key: "unknownCode" }] },
    });
    await expect(add(await actors.province(), { code: "n3" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const flag = (version: number, contributory: boolean) =>
      writeAs(admin.session, (c) =>
        commands.updateProgramme({
          ...c,
          params: { code: body.code },
          body: { version, contributory, sortOrder: 1 },
        }),
      );
    expect(await flag(1, true)).toMatchObject({ contributory: true, sortOrder: 1, version: 2 });
    await as(await actors.clerk("630123")).create({ programme: body.code, form: "goods" });
    await expect(flag(2, false)).rejects.toMatchObject({
      fieldErrors: { contributory: [{ key: "flagInUse" }] },
    });
  });
});

test("failed sign-ins are an administrator's to see, by account and address, and nobody else's", async () => {
  const { user, password } = await create(await actors.admin());
  await expect(checkPassword(user.username, "wrong", "192.0.2.9")).rejects.toThrow("invalid");
  await expect(checkPassword("no.such.name", "wrong", "192.0.2.9")).rejects.toThrow("invalid");
  await checkPassword(user.username, password, "192.0.2.10", OWN);
  const seen = async (person: TestPerson) =>
    readAs(person.session, ({ db, actor }) => listFailedSignIns({ db, actor }));
  const { items } = await seen(await actors.admin());
  expect(items.slice(0, 2)).toMatchObject([
    { user: null, address: "192.0.2.9", failures: 1, failedInARow: 1, succeededAt: null },
    { user: { id: user.id, username: user.username }, address: "192.0.2.9", failures: 1 },
  ]);
  expect(items.some(({ address }) => address === "192.0.2.10")).toBe(false);
  for (const person of [await actors.province(), await actors.auditor()])
    await expect(seen(person)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
