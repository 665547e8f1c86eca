import { beforeAll, describe, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();
const actors = testActors(database);
const { hashPassword } = await import("./password");
const { checkPassword, endSession, openSession } = await import("./sign-in");
const { hashSessionToken } = await import("./session-cookie");
const { admit } = await import("./rate-limit");

const PASSWORD = "warm-ledger-7";
let passwordHash = "";

async function account() {
  const person = await actors.clerk("630123");
  await actors.owner.query("INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)", [
    person.userId,
    passwordHash,
  ]);
  return person;
}

const address = () => `10.0.0.${Math.floor(Math.random() * 1e6)}`;

async function outcome(username: string, password: string, from = address()): Promise<string> {
  return checkPassword(username, password, from).then(
    () => "in",
    (error: Error) => error.message,
  );
}

/** In whole seconds, from the last attempt on. */
async function restOf(username: string, from: string): Promise<number> {
  const { rows } = await actors.owner.query<{ s: number }>(
    `SELECT extract(epoch FROM guard.rest_after(failed_in_a_row))::int AS s FROM sign_in_attempts
     WHERE name_key = encode(sha256(convert_to($1, 'UTF8')), 'hex') AND address = $2`,
    [username, from],
  );
  return rows[0]?.s ?? -1;
}

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

describe("signing in", () => {
  test("takes the right password, and the name with spaces around it or in capitals", async () => {
    const { username, userId } = await account();
    await expect(checkPassword(username, PASSWORD, address())).resolves.toBe(userId);
    await expect(checkPassword(` ${username} `, PASSWORD, address())).resolves.toBe(userId);
    await expect(checkPassword(username.toUpperCase(), PASSWORD, address())).resolves.toBe(userId);
  });

  test("refuses the wrong one, nobody, the disabled and the import account alike", async () => {
    const [known, disabled, system] = [await account(), await account(), await account()];
    await actors.owner.query("UPDATE users SET active = false WHERE id = $1", [disabled.userId]);
    await actors.owner.query("UPDATE users SET is_system = true WHERE id = $1", [system.userId]);
    expect(await outcome(known.username, "wrong")).toBe("invalid");
    expect(await outcome("nobody.at.all", PASSWORD)).toBe("invalid");
    expect(await outcome(disabled.username, PASSWORD)).toBe("invalid");
    expect(await outcome(system.username, PASSWORD)).toBe("invalid");
    expect(await outcome("nul\u0000", PASSWORD)).toBe("invalid");
    expect(await outcome("x".repeat(101), PASSWORD)).toBe("invalid");
    expect(await outcome(known.username, "x".repeat(201))).toBe("invalid");
  });

  test("after five failures the name rests for who failed, and for nobody else; a stranger's name alike", async () => {
    const { username } = await account();
    const [thief, owner] = [address(), address()];
    for (const name of [username, "stranger"]) {
      const said: string[] = [];
      for (let i = 0; i < 6; i++) said.push(await outcome(name, "wrong", thief));
      expect(said.slice(0, 5), name).toEqual(Array(5).fill("invalid"));
      expect(said[5], name).toBe("locked:1");
      expect(await restOf(name, thief)).toBe(30);
    }
    expect(await outcome(username, PASSWORD, thief)).toBe("locked:1");
    expect(await outcome(username, PASSWORD, owner)).toBe("in");
    expect(await outcome(username.toUpperCase(), "wrong", thief)).toBe("locked:1");
  });

  test("the rest doubles and never passes a quarter of an hour, whether there is such an account or not", async () => {
    const { username } = await account();
    for (const name of [username, "no.such.account"]) {
      const from = address();
      const restAfter = async (failures: number) => {
        await outcome(name, "wrong", from);
        await actors.owner.query(
          "UPDATE sign_in_attempts SET failures = $2, failed_in_a_row = $2 WHERE address = $1",
          [from, failures],
        );
        return restOf(name, from);
      };
      expect(await restAfter(4)).toBe(0);
      expect(await restAfter(5)).toBe(30);
      expect(await restAfter(7)).toBe(120);
      expect(await restAfter(40)).toBe(900);
    }
  });

  test("guesses from everywhere come to fifty an hour; where the owner got in before, they still do", async () => {
    const { username } = await account();
    const home = address();
    expect(await outcome(username, PASSWORD, home)).toBe("in");
    const left = (tokens: number) =>
      actors.owner.query(
        `INSERT INTO rate_buckets (key, tokens, updated_at)
         VALUES ('sign-in-name:' || encode(sha256(convert_to($1, 'UTF8')), 'hex'), $2, clock_timestamp())
         ON CONFLICT (key) DO UPDATE SET tokens = $2, updated_at = clock_timestamp()`,
        [username, tokens],
      );
    const tried: string[] = [];
    for (let i = 0; i < 3; i++) tried.push(await outcome(username, "wrong", address()));
    const { rows } = await actors.owner.query<{ spent: number }>(
      `SELECT round(50 - tokens)::int AS spent FROM rate_buckets
       WHERE key = 'sign-in-name:' || encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
      [username],
    );
    expect([tried, rows[0]?.spent]).toEqual([["invalid", "invalid", "invalid"], 4]);
    await left(0.1);
    expect(await outcome(username, "wrong", address())).toMatch(/^locked:/);
    expect(await outcome(username, PASSWORD, address())).toMatch(/^locked:/);
    expect(await outcome(username, PASSWORD, home)).toBe("in");
  });

  test("what failed is kept, with whose it was and from where, and nothing that was typed", async () => {
    const { username, userId } = await account();
    const from = address();
    for (let i = 0; i < 3; i++) await outcome(username, "hunter2-wrong", from);
    await outcome("hunter2-as-name", "x", from);
    expect(await outcome(username, PASSWORD, from)).toBe("in");
    const { rows } = await actors.owner.query<{ row: Record<string, unknown> }>(
      "SELECT to_json(a) AS row FROM sign_in_attempts a WHERE address = $1 ORDER BY id",
      [from],
    );
    expect(rows.map(({ row }) => row)).toMatchObject([
      { user_id: userId, failures: 3, failed_in_a_row: 0, succeeded_at: expect.any(String) },
      { user_id: null, failures: 1, failed_in_a_row: 1, succeeded_at: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain("hunter2");
  });

  test("guesses that come together are each counted", async () => {
    const { username } = await account();
    const from = address();
    const guesses = await Promise.all(
      Array.from({ length: 15 }, () => outcome(username, "wrong", from)),
    );
    expect(guesses.filter((guess) => guess === "invalid").length).toBe(5);
    expect(guesses.filter((guess) => guess.startsWith("locked")).length).toBe(10);
  });

  test("right passwords that come together all get in", async () => {
    const { username } = await account();
    const from = address();
    const sessions = Array.from({ length: 12 }, async () =>
      openSession(await checkPassword(username, PASSWORD, from), new Date()),
    );
    expect(new Set(await Promise.all(sessions)).size).toBe(12);
    expect(await outcome(username, "wrong")).toBe("invalid");
  });

  test("success sets the count back, and so does a new password", async () => {
    const { username, userId } = await account();
    const from = address();
    for (let i = 0; i < 4; i++) await outcome(username, "wrong", from);
    expect(await outcome(username, PASSWORD, from)).toBe("in");
    for (let i = 0; i < 5; i++) expect(await outcome(username, "wrong", from)).toBe("invalid");
    expect(await outcome(username, PASSWORD, from)).toBe("locked:1");
    const admin = await actors.admin();
    await actors.owner.query("BEGIN");
    await actors.owner.query("SELECT set_config('app.session', $1, true)", [admin.session]);
    await actors.owner.query("SELECT guard.set_password($1, $2)", [userId, passwordHash]);
    await actors.owner.query("COMMIT");
    expect(await outcome(username, PASSWORD, from)).toBe("once");
  });

  test("an office of a hundred behind one address gets in; a flood from it does not", async () => {
    const { admitAddress } = await import("./rate-limit");
    for (let i = 0; i < 100; i++) await admitAddress("192.0.2.7");
    const flood = await Promise.allSettled(
      Array.from({ length: 200 }, () => admitAddress("192.0.2.7")),
    );
    expect(flood.filter((one) => one.status === "rejected").length).toBeGreaterThan(50);
    await expect(checkPassword("anyone", "x", "192.0.2.7")).rejects.toThrow("throttled");
    await expect(admitAddress("192.0.2.8")).resolves.toBeUndefined();
  });
});

test("a session is opened and ended in the database, and both are written down", async () => {
  const { userId } = await account();
  const token = await openSession(userId, new Date());
  const hash = hashSessionToken(token);
  await expect(admit(hash, "read")).resolves.toBe(userId);
  await endSession(token, "signed-out");
  await expect(admit(hash, "read")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  await expect(endSession(token, "signed-out")).resolves.toBeUndefined();
  const { rows } = await actors.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE actor_id = $1 ORDER BY position",
    [userId],
  );
  expect(rows.map((row) => row.action)).toEqual(["session.start", "session.end"]);
});

describe("a one-time password", () => {
  const OWN = "山高水长，湟水河边的风";
  async function onceFor() {
    const person = await account();
    await actors.owner.query(
      "UPDATE credentials SET once_until = now() + interval '1 day' WHERE user_id = $1",
      [person.userId],
    );
    return person;
  }
  const sign = (username: string, password: string, own?: string) =>
    checkPassword(username, password, address(), own).then(
      () => "in",
      (error: Error) => error.message,
    );

  test("opens no session; with one's own in its place one is in, and it is over", async () => {
    const { username, userId } = await onceFor();
    expect(await sign(username, PASSWORD)).toBe("once");
    await expect(openSession(userId, new Date())).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    expect(await sign(username, "wrong", OWN)).toBe("invalid");
    expect(await sign(username, PASSWORD, PASSWORD)).toBe("once:passwordUnchanged");
    expect(await sign(username, PASSWORD, "short")).toBe("once:passwordShort");
    expect(await sign(username, PASSWORD, `${username} at work`)).toBe("once:passwordName");
    expect(await sign(username, PASSWORD, OWN)).toBe("in");
    await openSession(userId, new Date());
    expect(await sign(username, PASSWORD, "还有一个不同的密码")).toBe("invalid");
    expect(await sign(username, OWN)).toBe("in");
    const { rows } = await actors.owner.query<{ action: string; own: boolean }>(
      "SELECT action, actor_id::text = subject_id AS own FROM audit_entries WHERE subject_id = $1 ORDER BY position",
      [userId],
    );
    expect(rows).toEqual([
      { action: "user.change-password", own: true },
      { action: "session.start", own: true },
    ]);
  });

  test("lasts a day", async () => {
    const { username, userId } = await onceFor();
    await actors.owner.query("UPDATE credentials SET once_until = now() WHERE user_id = $1", [userId]); // prettier-ignore
    expect(await sign(username, PASSWORD, OWN)).toBe("once-over");
    const replacing = actors.owner.query("SELECT guard.replace_once_password($1, 'x')", [userId]);
    await expect(replacing).rejects.toMatchObject({ code: "NZ009" });
  });

  test("keeps nobody out whom the identity provider vouches for", async () => {
    const { userId } = await onceFor();
    await expect(openSession(userId, new Date(), "provider")).resolves.toMatch(/./);
  });
});
