import { describe, expect, test } from "vitest";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { meContract } from "@/lib/features/session/schema";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";

const database = await testDatabase();
const actors = testActors(database);
const { defineRoute } = await import("./route");
const { sql } = await import("./db");
const organisations = await import("@/app/api/v1/admin/organisations/route");
const organisation = await import("@/app/api/v1/admin/organisations/[code]/route");
const users = await import("@/app/api/v1/admin/users/route");
const me = await import("@/app/api/v1/me/route");
const audit = await import("@/app/api/v1/audit/route");

const mill = (code: string) => ({
  code,
  nameZh: "某厂工会",
  nameEn: "Mill Union",
  kind: "GRASS_ROOTS",
  parent: "630123",
});

async function countOf(text: string, values: unknown[]): Promise<number> {
  const { rows } = await actors.owner.query<{ n: number }>(text, values);
  return rows[0]?.n ?? -1;
}

describe("who may come in", () => {
  test("nobody without a session, with a forged one or a torn cookie", async () => {
    const person = await actors.province();
    expect((await call(me.GET, person)).status).toBe(200);
    for (const cookie of ["", "next-auth.session-token=abc", "next-auth.session-token=%zz"])
      expect((await call(me.GET, null, { headers: { cookie } })).status).toBe(401);
    const forged = { ...person, username: "somebody.else" };
    expect((await call(me.GET, forged)).status).toBe(401);
  });

  test("writes of another site's page are refused, a script's are taken", async () => {
    const admin = await actors.admin();
    const post = (headers: Record<string, string>, code: string) =>
      call(organisations.POST, admin, { method: "POST", body: mill(code), headers });
    for (const headers of [
      { origin: "http://evil.example" },
      { origin: "null" },
      { origin: "http://nuanzhang.test.evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ] as Record<string, string>[]) {
      const answer = await post(headers, "ORIGIN-1");
      expect([answer.status, answer.body.error?.code]).toEqual([403, "ORIGIN"]);
    }
    expect((await post({ origin: "http://nuanzhang.test" }, "ORIGIN-2")).status).toBe(201);
    expect((await post({ "sec-fetch-site": "same-origin" }, "ORIGIN-3")).status).toBe(201);
    expect((await post({}, "ORIGIN-4")).status).toBe(201);
  });

  test("what only asks runs where nothing can be written, and keeps no key", async () => {
    const person = await actors.clerk("630123");
    const body = z.strictObject({ n: z.int() });
    const door = (asks?: true) =>
      defineRoute(
        contract({
          ...meContract,
          method: "POST",
          body,
          response: z.object({ readOnly: z.string() }),
          ...(asks && { asks }),
        }),
        async ({ tx }) => {
          const [row] = await tx.rows<{ on: string }>(
            sql`SELECT current_setting('transaction_read_only') AS on`,
          );
          return { readOnly: row?.on ?? "" };
        },
      );
    const post = async (route: typeof me.GET, n: number) => {
      const headers = { "idempotency-key": "the-same" };
      const { status, body: told } = await call(route, person, {
        method: "POST",
        body: { n },
        headers,
      });
      return [status, told["readOnly"]];
    };
    expect(await post(door(true), 1)).toEqual([200, "on"]);
    expect(await post(door(true), 2)).toEqual([200, "on"]);
    expect(await post(door(), 1)).toEqual([200, "off"]);
    expect((await post(door(), 2))[0]).toBe(422);
  });

  test("a page opened by somebody else than who is signed in now writes nothing", async () => {
    const [admin, other] = [await actors.admin(), await actors.admin()];
    const post = (person: string, code: string) =>
      call(organisations.POST, admin, {
        method: "POST",
        body: mill(code),
        headers: { "x-person": person },
      });
    const refused = await post(other.userId, "PERSON-1");
    expect([refused.status, refused.body.error?.code]).toEqual([409, "PERSON"]);
    const text = "SELECT count(*)::int AS n FROM organisations WHERE code = $1";
    expect(await countOf(text, ["PERSON-1"])).toBe(0);
    expect((await post(admin.userId, "PERSON-1")).status).toBe(201);
  });

  test("only what is asked as of an earlier position has longer than a page’s five seconds", async () => {
    const province = await actors.province();
    const query = z.object({ asOf: z.string().optional() });
    const response = z.array(z.object({ limit: z.string() }));
    const limit = defineRoute(
      contract({ ...meContract, query, response, stamps: ["asOf"] }),
      ({ db }) => db.rows(sql`SELECT current_setting('statement_timeout') AS limit`),
    );
    const then = { path: "/api/v1/test?asOf=2026-01-10T00:00:00Z" };
    expect((await call(limit, province)).body).toEqual([{ limit: "5s" }]);
    expect((await call(limit, province, then)).body).toEqual([{ limit: "30s" }]);
  });

  test("an administrator reaches no door to records or money, whatever lies behind it", async () => {
    const door = (tag: string) =>
      defineRoute(
        contract({ ...meContract, id: "probe", tag, response: z.object({ open: z.boolean() }) }),
        () => Promise.resolve({ open: true }),
      );
    const [admin, clerk] = [await actors.admin(), await actors.clerk("630123")];
    for (const tag of ["disbursements", "figures", "exports", "allotments", "years", "anything"]) {
      expect((await call(door(tag), admin)).body.error?.code).toBe("FORBIDDEN");
      expect((await call(door(tag), clerk)).status).toBe(200);
    }
    expect((await call(door("reference"), admin)).status).toBe(200);
  });
});

describe("bad input", () => {
  const bodies: [string, unknown, number][] = [
    ["nothing", "", 400],
    ["not JSON", "{", 400],
    ["not UTF-8", Buffer.from(JSON.stringify(mill("X0")).replace("Mill", "M\xff"), "latin1"), 400],
    ["null", "null", 400],
    ["a list", "[]", 400],
    ["NUL", JSON.stringify({ ...mill("X1"), nameZh: "a\u0000b" }), 400],
    ["half a character", '{"code":"\\ud800"}', 400],
    ["a prototype", '{"__proto__":{"code":"X"}}', 400],
    ["a constructor", '{"constructor":{"prototype":{}}}', 400],
    ["endless nesting", "[".repeat(100_000), 400],
    ["deep nesting", "[".repeat(5_000) + "]".repeat(5_000), 400],
    ["an operator", JSON.stringify({ ...mill("X2"), parent: { not: "630123" } }), 400],
    ["an unknown field", JSON.stringify({ ...mill("X3"), version: 9 }), 400],
    ["too much", `"${"x".repeat(300_000)}"`, 413],
  ];
  test.each(bodies)("%s is answered, never a 500", async (_, body, status) => {
    const admin = await actors.admin();
    const answer = await call(organisations.POST, admin, { method: "POST", body });
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message).toBeTruthy();
  });

  test("anything but JSON is refused by its type", async () => {
    const admin = await actors.admin();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=gbk",
    ]) {
      const headers = { "content-type": type };
      const answer = await call(organisations.POST, admin, { method: "POST", body: "{}", headers });
      expect(answer.status).toBe(415);
    }
  });

  test("queries: twice the same, unknown, unreadable", async () => {
    const admin = await actors.admin();
    const query = async (search: string) =>
      (await call(users.GET, admin, { path: `/api/v1/admin/users?${search}` })).body.error
        ?.fieldErrors;
    expect(await query("limit=1&limit=2")).toEqual({ limit: ["这一项只能出现一次"] });
    expect(Object.entries((await query("__proto__=1")) ?? {})).toEqual([
      ["__proto__", ["没有这一项，请删去"]],
    ]);
    expect(await query("q=%00")).toEqual({ query: ["含有不能保存的字符"] });
    expect(await query("role=KING")).toHaveProperty("role");
    expect(await query("limit=1e9")).toEqual({ limit: ["不能大于 200"] });
  });

  test("random rubbish is never a 500", async () => {
    const admin = await actors.admin();
    let seed = 20_261_122;
    const next = (n: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % n;
    };
    const values: unknown[] = [
      null,
      -1,
      1e308,
      "",
      "630123",
      {},
      [],
      true,
      "\u202e",
      "x".repeat(5000),
    ];
    for (let i = 0; i < 60; i++) {
      const body = Object.fromEntries(
        Object.keys(mill("")).map((key) => [key, values[next(values.length)]]),
      );
      const { status } = await call(organisations.POST, admin, { method: "POST", body });
      expect(status).toBe(400);
    }
    for (let i = 0; i < 60; i++) {
      const bytes = Array.from({ length: 12 }, () => String.fromCharCode(32 + next(95))).join("");
      const path = `/api/v1/audit?${["cursor", "from", "org", "limit", "subjectId"][next(5)]}=${encodeURIComponent(bytes)}`;
      expect((await call(audit.GET, admin, { path })).status).toBeLessThan(500);
    }
  });

  test("says it in the reader's language", async () => {
    const ask = async (headers: Record<string, string>) =>
      (await call(me.GET, null, { headers })).body.error?.message;
    expect(await ask({ "accept-language": "en-GB,en;q=0.9" })).toMatch(/sign in/i);
    expect(await ask({ "accept-language": "en", cookie: "nz-locale=zh-CN" })).toMatch(/登录/);
    expect(await ask({})).toMatch(/登录/);
  });
});

describe("a repeated request", () => {
  const effects = (code: string) =>
    Promise.all([
      countOf("SELECT count(*)::int AS n FROM organisations WHERE code = $1", [code]),
      countOf("SELECT count(*)::int AS n FROM audit_entries WHERE subject_id = $1", [code]),
    ]);

  test("twenty at once with one key have one effect and one answer", async () => {
    const admin = await actors.admin();
    const headers = { "idempotency-key": "twenty-at-once" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call(organisations.POST, admin, { method: "POST", body: mill("IDEM-1"), headers }),
      ),
    );
    const done = answers.filter((answer) => answer.status === 201);
    // a pool of ten may tell the last ones to come back; none of them may have done anything
    expect(answers.every((answer) => answer.status === 201 || answer.status === 503)).toBe(true);
    expect(
      done.filter((answer) => answer.headers.get("idempotent-replayed") === null),
    ).toHaveLength(1);
    expect(new Set(done.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await effects("IDEM-1")).toEqual([1, 1]);
  });

  test("another body, another address or another person is another matter", async () => {
    const admin = await actors.admin();
    const headers = { "idempotency-key": "same-key" };
    const post = (who: typeof admin, code: string) =>
      call(organisations.POST, who, { method: "POST", body: mill(code), headers });
    expect((await post(admin, "IDEM-2")).status).toBe(201);
    expect((await post(admin, "IDEM-3")).body.error?.code).toBe("IDEMPOTENCY_MISMATCH");
    expect((await post(await actors.admin(), "IDEM-3")).status).toBe(201);
    const rename = (code: string) =>
      call(organisation.PATCH, admin, {
        method: "PATCH",
        path: `/api/v1/admin/organisations/${code}`,
        params: { code },
        body: { version: 1, nameEn: "Same words" },
        headers: { "idempotency-key": "one-rename" },
      });
    expect((await rename("IDEM-2")).status).toBe(200);
    expect((await rename("IDEM-3")).body.error?.code).toBe("IDEMPOTENCY_MISMATCH");
    expect((await rename("IDEM-2")).headers.get("idempotent-replayed")).toBe("true");
    expect(await effects("IDEM-2")).toEqual([1, 2]);
    expect(await effects("IDEM-3")).toEqual([1, 1]);
  });

  test("a refused one leaves its key free", async () => {
    const admin = await actors.admin();
    const headers = { "idempotency-key": "second-try" };
    const post = (parent: string) =>
      call(organisations.POST, admin, {
        method: "POST",
        body: { ...mill("IDEM-5"), parent },
        headers,
      });
    expect((await post("nowhere")).status).toBe(400);
    expect((await post("630123")).status).toBe(201);
  });

  test("an answer with a secret is never stored", async () => {
    const admin = await actors.admin();
    const headers = { "idempotency-key": "new-account" };
    const body = {
      username: "kept.secret",
      nameZh: "新人",
      nameEn: "New",
      membership: { role: "CLERK", organisation: "630123" },
    };
    const post = () => call(users.POST, admin, { method: "POST", body, headers });
    const first = await post();
    expect(first.status).toBe(201);
    const password = String(first.body["password"]);
    const kept =
      "SELECT count(*)::int AS n FROM idempotency_records WHERE position($1 in response) > 0";
    expect(await countOf(kept, [password])).toBe(0);
    expect((await post()).body.error?.code).toBe("CONFLICT");
  });

  test("a key that is no key is refused", async () => {
    const admin = await actors.admin();
    for (const key of ["a b", "x".repeat(201)]) {
      const headers = { "idempotency-key": key };
      const answer = await call(organisations.POST, admin, {
        method: "POST",
        body: mill("Y1"),
        headers,
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe("limits", () => {
  test("a flood is slowed by person", async () => {
    const { admit, BUCKETS } = await import("./rate-limit");
    const person = await actors.province();
    const other = await actors.province();
    // Nothing flows into this bucket before an hour has passed, however long the flood takes.
    await actors.owner.query(
      "INSERT INTO rate_buckets (key, tokens, updated_at) VALUES ($1, $2, now() + interval '1 hour')",
      [`write:${person.userId}`, BUCKETS.write.capacity],
    );
    const flood = await Promise.allSettled(
      Array.from({ length: BUCKETS.write.capacity + 20 }, () => admit(person.session, "write")),
    );
    const refused = flood.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({ reason: { code: "RATE_LIMITED", retryAfter: 1 } });
    await expect(admit(other.session, "write")).resolves.toBe(other.userId);
  });

  test("a script at 20 a second is not slowed, even where the bucket is empty", async () => {
    const { admit } = await import("./rate-limit");
    const person = await actors.province();
    const key = `write:${person.userId}`;
    await actors.owner.query("INSERT INTO rate_buckets (key, tokens, updated_at) VALUES ($1, 0, now())", [key]); // prettier-ignore
    for (let n = 0; n < 40; n++) {
      await actors.owner.query(
        "UPDATE rate_buckets SET updated_at = clock_timestamp() - interval '50 ms' WHERE key = $1",
        [key],
      );
      await expect(admit(person.session, "write")).resolves.toBe(person.userId);
    }
  });

  test("whoever keeps asking too fast gets through at the bucket's rate, neither slower nor faster", async () => {
    const { callGuard } = await import("./guard");
    const { sql } = await import("./db");
    const { rows } = await actors.owner.query<{ at: number }>(
      `INSERT INTO rate_buckets (key, tokens, updated_at) VALUES ('test:steady', 0, clock_timestamp())
       RETURNING extract(epoch FROM updated_at)::float8 AS at`,
    );
    const begun = rows[0]?.at ?? 0;
    let [passed, ended, refused] = [0, begun, false];
    // To a refusal, so that nothing is left in the bucket.
    for (let n = 0; n < 400 || !refused; n++) {
      const [row] = await callGuard<{ wait: number; at: number }>(
        sql`SELECT guard.take_token('test:steady', 100000, 40) AS wait, extract(epoch FROM clock_timestamp())::float8 AS at`,
      );
      refused = row?.wait !== 0;
      if (!refused) passed += 1;
      ended = row?.at ?? 0;
    }
    // What fell into the bucket meanwhile, by the clock that fills it.
    const fallen = 40 * (ended - begun);
    expect(passed).toBeLessThanOrEqual(fallen);
    expect(passed).toBeGreaterThan(fallen - 2);
  });

  test("429 says when to come back", async () => {
    const person = await actors.province();
    await actors.owner.query(
      `INSERT INTO rate_buckets (key, tokens, updated_at) VALUES ($1, -500, now())
       ON CONFLICT (key) DO UPDATE SET tokens = -500`,
      [`read:${person.userId}`],
    );
    const answer = await call(me.GET, person);
    expect([answer.status, answer.body.error?.code]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(1);
  });
});
