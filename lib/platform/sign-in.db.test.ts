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

async function outcome(username: string, password: string): Promise<string> {
  return checkPassword(username, password, address()).then(
    () => "in",
    (error: Error) => error.message,
  );
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

  test("the fifth failure locks the account, the right password with it; a stranger's name rests alike", async () => {
    const { username } = await account();
    for (let i = 0; i < 5; i++) expect(await outcome(username, "wrong")).toBe("invalid");
    expect(await outcome(username, PASSWORD)).toMatch(/^locked:\d+$/);
    for (let i = 0; i < 5; i++) expect(await outcome("stranger", "wrong")).toBe("invalid");
    expect(await outcome("stranger", "wrong")).toMatch(/^locked:\d+$/);
  });

  test("the rest doubles and never passes a quarter of an hour", async () => {
    const { username, userId } = await account();
    const restAfter = async (failures: number) => {
      await actors.owner.query(
        "UPDATE credentials SET failed_attempts = $2, locked_until = NULL WHERE user_id = $1",
        [userId, failures - 1],
      );
      await outcome(username, "wrong");
      const { rows } = await actors.owner.query<{ s: number }>(
        "SELECT extract(epoch FROM locked_until - now())::int AS s FROM credentials WHERE user_id = $1",
        [userId],
      );
      return rows[0]?.s ?? 0;
    };
    expect(await restAfter(5)).toBeLessThanOrEqual(60);
    expect(await restAfter(7)).toBeGreaterThan(100);
    expect(await restAfter(40)).toBeLessThanOrEqual(900);
    expect(await restAfter(40)).toBeGreaterThan(880);
  });

  test("guesses that come together are each counted", async () => {
    const { username } = await account();
    const guesses = await Promise.all(Array.from({ length: 15 }, () => outcome(username, "wrong")));
    expect(guesses.filter((guess) => guess === "invalid").length).toBeLessThanOrEqual(5);
    expect(guesses.filter((guess) => guess.startsWith("locked")).length).toBeGreaterThanOrEqual(10);
  });

  test("right passwords that come together all get in", async () => {
    const { username } = await account();
    const sessions = Array.from({ length: 12 }, async () =>
      openSession(await checkPassword(username, PASSWORD, address()), new Date()),
    );
    expect(new Set(await Promise.all(sessions)).size).toBe(12);
    expect(await outcome(username, "wrong")).toBe("invalid");
  });

  test("success sets the count back", async () => {
    const { username, userId } = await account();
    for (let i = 0; i < 4; i++) await outcome(username, "wrong");
    await openSession(await checkPassword(username, PASSWORD, address()), new Date());
    const { rows } = await actors.owner.query<{ n: number }>(
      "SELECT failed_attempts AS n FROM credentials WHERE user_id = $1",
      [userId],
    );
    expect(rows[0]?.n).toBe(0);
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
