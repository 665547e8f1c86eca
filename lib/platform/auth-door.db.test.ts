import { createServer, type Server } from "node:http";
import { createSign, generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();
const actors = testActors(database);

/** An identity provider of one's own: it vouches for whoever it is told to. */
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const claims = { sub: "", nonce: "" };

function signed(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "k" })}.${part(payload)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

function providerAnswers(issuer: string): Record<string, () => object> {
  const now = () => Math.floor(Date.now() / 1000);
  return {
    "/.well-known/openid-configuration": () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ["RS256"],
    }),
    "/jwks": () => ({
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }],
    }),
    "/token": () => ({
      access_token: "access",
      token_type: "Bearer",
      id_token: signed({ iss: issuer, aud: "ledger", iat: now(), exp: now() + 60, ...claims }),
    }),
  };
}

const provider: Server = createServer((request, response) => {
  const answer = providerAnswers(issuer)[request.url ?? ""];
  response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(answer?.() ?? {}));
});
await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
afterAll(() => new Promise((done) => provider.close(done)));
const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
process.env["OIDC_ISSUER"] = issuer;
process.env["OIDC_CLIENT_ID"] = "ledger";
process.env["OIDC_CLIENT_SECRET"] = "shared";

const { authDoor } = await import("./auth-door");
const { hashPassword } = await import("./password");
const me = await import("@/app/api/v1/me/route");

/** A browser as far as cookies go. */
class Visitor {
  private readonly jar = new Map<string, string>();
  constructor(
    readonly base = "http://nuanzhang.test",
    readonly proto = "http",
  ) {}

  cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async ask(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const url = new URL(`${this.base}${path}`);
    const request = new Request(url, {
      method: form ? "POST" : "GET",
      headers: {
        host: url.host,
        "x-forwarded-proto": this.proto,
        cookie: this.cookie(),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const nextauth = url.pathname.split("/").slice(3);
    const response = await authDoor(request, { params: Promise.resolve({ nextauth }) });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      this.jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  }

  async csrf(): Promise<string> {
    const response = await this.ask("/api/auth/csrf");
    return ((await response.json()) as { csrfToken: string }).csrfToken;
  }

  async signIn(username: string, password: string, more: Record<string, string> = {}) {
    const csrfToken = await this.csrf();
    const form = { csrfToken, username, password, ...more };
    return this.ask("/api/auth/callback/credentials", form);
  }

  async me() {
    const request = new Request(`${this.base}/api/v1/me`, {
      headers: { cookie: this.cookie(), "x-forwarded-proto": this.proto },
    });
    return (await me.GET(request, { params: Promise.resolve({}) })).status;
  }
}

async function account() {
  const person = await actors.clerk("630123");
  await actors.owner.query("INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)", [
    person.userId,
    await hashPassword("warm-ledger-7"),
  ]);
  return person;
}

describe("signing in by a plain client", () => {
  test("csrf, then the form, then the API; signing out ends it, twice over", async () => {
    const { username } = await account();
    const visitor = new Visitor();
    const answer = await visitor.signIn(username, "warm-ledger-7");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      "http://nuanzhang.test/",
    ]);
    expect(await visitor.me()).toBe(200);
    const kept = visitor.cookie();
    const csrfToken = await visitor.csrf();
    for (let i = 0; i < 2; i++) {
      const bye = await visitor.ask("/api/auth/signout", { csrfToken }, { cookie: kept });
      expect([bye.status, bye.headers.get("clear-site-data")]).toEqual([302, '"cache"']);
    }
    const replay = new Request("http://nuanzhang.test/api/v1/me", { headers: { cookie: kept } });
    expect((await me.GET(replay, { params: Promise.resolve({}) })).status).toBe(401);
  });

  test("under https the cookie is bound to this very name", async () => {
    const { username } = await account();
    const visitor = new Visitor("https://nuanzhang.test", "https");
    const answer = await visitor.signIn(username, "warm-ledger-7");
    const line = answer.headers.getSetCookie().find((cookie) => cookie.includes("session-token"));
    expect(line).toMatch(/^__Host-next-auth\.session-token=/);
    expect(line).toMatch(/; Path=\/;/);
    expect(line).toMatch(/; Secure/);
    expect(line).toMatch(/; HttpOnly/);
    expect(line).not.toMatch(/Domain/i);
    expect(await visitor.me()).toBe(200);
    const named = visitor
      .cookie()
      .replaceAll("__Host-next-auth.session", "__Secure-next-auth.session");
    const request = new Request("https://nuanzhang.test/api/v1/me", {
      headers: { cookie: named, "x-forwarded-proto": "https" },
    });
    expect((await me.GET(request, { params: Promise.resolve({}) })).status).toBe(401);
  });

  test("the answer to a wrong password is a code, and no session", async () => {
    const { username } = await account();
    const visitor = new Visitor();
    const answer = await visitor.signIn(username, "wrong");
    expect(answer.headers.get("location")).toMatch(/error=invalid$/);
    expect(await visitor.me()).toBe(401);
  });

  test("without the csrf token nothing happens", async () => {
    const { username } = await account();
    const visitor = new Visitor();
    await visitor.csrf();
    await visitor.ask("/api/auth/callback/credentials", { username, password: "warm-ledger-7" });
    expect(await visitor.me()).toBe(401);
  });

  test("a form of another site's page is refused", async () => {
    const visitor = new Visitor();
    const answer = await visitor.ask("/api/auth/signout", {}, { origin: "http://evil.example" });
    expect(answer.status).toBe(403);
  });

  test("goes nowhere but to this site", async () => {
    const { username } = await account();
    for (const callbackUrl of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:1",
    ]) {
      const answer = await new Visitor().signIn(username, "warm-ledger-7", { callbackUrl });
      expect(answer.headers.get("location")).toMatch(/^http:\/\/nuanzhang\.test\/?$/);
    }
    const home = await new Visitor().signIn(username, "warm-ledger-7", {
      callbackUrl: "/ledger?year=2024",
    });
    expect(home.headers.get("location")).toBe("http://nuanzhang.test/ledger?year=2024");
  });

  test("answers under whatever name it is reached by", async () => {
    const { username } = await account();
    const visitor = new Visitor("http://192.168.1.5:3000");
    const answer = await visitor.signIn(username, "warm-ledger-7");
    expect(answer.headers.get("location")).toBe("http://192.168.1.5:3000/");
    expect(await visitor.me()).toBe(200);
  });
});

test("rubbish is never a 500, and closed actions stay closed", async () => {
  const visitor = new Visitor();
  for (const path of [
    "/api/auth/signin?callbackUrl=%00",
    "/api/auth/csrf?callbackUrl=javascript:1",
    "/api/auth/error?error=%0d%0aX",
    "/api/auth/callback/oidc?code=1&state=2",
    "/api/auth/session?x=%ff",
    "/api/auth/verify-request",
    "/api/auth/_log",
    "/api/auth/nope/deeper",
  ])
    expect((await visitor.ask(path)).status).toBeLessThan(500);
  const cookie = "next-auth.callback-url=%zz; next-auth.csrf-token=||; next-auth.session-token=abc";
  expect((await visitor.ask("/api/auth/session", undefined, { cookie })).status).toBe(200);
  expect((await visitor.ask("/api/auth/_log", { level: "constructor" })).status).toBe(404);
  expect((await visitor.ask("/api/auth/signout", { a: "x".repeat(20_000) })).status).toBe(413);
  const json = { "content-type": "application/json" };
  expect((await visitor.ask("/api/auth/signout", { a: "1" }, json)).status).toBe(400);
});

describe("signing in through the identity provider", () => {
  async function through(sub: string) {
    const visitor = new Visitor();
    const csrfToken = await visitor.csrf();
    const away = await visitor.ask("/api/auth/signin/oidc", { csrfToken, callbackUrl: "/review" });
    const asked = new URL(away.headers.get("location") ?? "").searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    Object.assign(claims, { sub, nonce: asked.get("nonce") ?? "" });
    const state = encodeURIComponent(asked.get("state") ?? "");
    const back = await visitor.ask(`/api/auth/callback/oidc?code=abc&state=${state}`);
    return { visitor, to: back.headers.get("location") };
  }

  test("a known person gets a session of their own", async () => {
    const { userId } = await account();
    await actors.owner.query(
      "INSERT INTO user_identities (issuer, subject, user_id) VALUES ($1, 'u-1', $2)",
      [issuer, userId],
    );
    const { visitor, to } = await through("u-1");
    expect(to).toBe("http://nuanzhang.test/review");
    expect(await visitor.me()).toBe(200);
  });

  test("an unknown person is refused, and no account is made", async () => {
    const { visitor, to } = await through("u-unknown");
    expect(to).toBe("/sign-in?error=unknown-identity");
    expect(await visitor.me()).toBe(401);
  });
});
