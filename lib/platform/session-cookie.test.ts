import { encode } from "next-auth/jwt";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { readSessionCookie as ReadSessionCookie } from "./session-cookie";

let readSessionCookie: typeof ReadSessionCookie;
const secret = "a secret for tests alone, 32 bytes or more";
const token = (name: string) => encode({ token: { token: name }, secret, maxAge: 600 });
const read = (sealed: string) => readSessionCookie(new Headers(), () => sealed);

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", secret);
  vi.stubEnv("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", secret);
  ({ readSessionCookie } = await import("./session-cookie"));
});

afterEach(() => vi.useRealTimers());

test("a cookie opens to the same however often it is read", async () => {
  const sealed = await token("one");
  const first = await read(sealed);
  expect(first.state).toBe("present");
  expect(await read(sealed)).toEqual(first);
  expect(await read(await token("two"))).not.toEqual(first);
});

test("one letter off opens to nothing, after the true one was read as well", async () => {
  const sealed = await token("one");
  await read(sealed);
  const middle = Math.floor(sealed.length / 2);
  for (const at of [2, middle, sealed.length - 10]) {
    const other = sealed[at] === "A" ? "B" : "A";
    expect(await read(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`)).toEqual({ state: "void" }); // prettier-ignore
  }
  expect(await read("")).toEqual({ state: "none" });
});

test("it opens to nothing once its time is over, though it was opened before", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const sealed = await token("one");
  expect((await read(sealed)).state).toBe("present");
  vi.setSystemTime(Date.now() + 700_000);
  expect((await read(sealed)).state).toBe("void");
});

test("more people than are kept are each still themselves", async () => {
  const sealed = await token("first");
  const first = await read(sealed);
  const others = await Promise.all(Array.from({ length: 2_100 }, (_, n) => token(`person ${n}`)));
  const seen = new Set<string>();
  for (const other of others) {
    const found = await read(other);
    if (found.state === "present") seen.add(found.hash);
  }
  expect(seen.size).toBe(others.length);
  expect(await read(sealed)).toEqual(first);
});
