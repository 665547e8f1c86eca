import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";

type Seen = { url: string; method: string; headers: IncomingHttpHeaders };
const methodsAt = (path: string) => (path === "/api/v1/years" ? ["GET", "HEAD", "OPTIONS"] : []);

async function ask(
  path: string,
  headers: Record<string, string>,
  { trustProxy = "", method = "GET" } = {},
) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  vi.stubEnv("TRUST_PROXY", trustProxy);
  const { guardTheDoor } = await import("./door");
  const close = guardTheDoor(methodsAt);
  const server = createServer((request, response) => {
    const { url, method, headers: seen } = request;
    response.end(JSON.stringify({ url, method, headers: seen }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((answered) => {
    request({ port, path, method, headers: { ...headers, connection: "close" } }, answered).end();
  });
  const text = await response.toArray();
  const seen = {
    ...(JSON.parse(Buffer.concat(text as Buffer[]).toString() || "{}") as Seen),
    answer: response.headers,
  };
  await new Promise((done) => server.close(done));
  close();
  return seen;
}

afterEach(() => vi.unstubAllEnvs());

const CLAIMS = {
  "x-forwarded-for": "203.0.113.9, 10.0.0.1",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  forwarded: "for=203.0.113.9",
  "x-nz-address": "203.0.113.9",
};

describe("the door", () => {
  it("believes the socket and nothing that a client says of itself", async () => {
    const { headers } = await ask("/", CLAIMS);
    expect(headers["x-nz-address"]).toBe("127.0.0.1");
    for (const name of ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded"])
      expect(headers).not.toHaveProperty(name);
  });

  it("behind a proxy of one's own takes the address that the proxy saw", async () => {
    const { headers } = await ask("/", CLAIMS, { trustProxy: "1" });
    expect(headers["x-nz-address"]).toBe("10.0.0.1");
    expect(headers["x-forwarded-host"]).toBe("evil.example");
  });

  it("sends addresses that do not decode where nothing is", async () => {
    expect((await ask("/api/v1/disbursements/%FF", {})).url).toBe("/api/v1/not-an-address");
    expect((await ask("/entry/%E0%A4%A?x=1", {})).url).toBe("/not-an-address");
    expect((await ask("/ledger?q=%FF", {})).url).toBe("/ledger?q=%FF");
    expect((await ask("/%E5%B8%AE%E5%8A%A9", {})).url).toBe("/%E5%B8%AE%E5%8A%A9");
  });

  it("sends a wrong method where it is told which ones there are", async () => {
    const claims = { "x-nz-allow": "DELETE" };
    const put = await ask("/api/v1/years?x=1", claims, { method: "PUT" });
    expect([put.url, put.headers["x-nz-allow"]]).toEqual([
      "/api/v1/not-allowed",
      "GET, HEAD, OPTIONS",
    ]);
    const trace = await ask("/ledger", {}, { method: "TRACE" });
    expect([trace.url, trace.method, trace.headers["x-nz-allow"]]).toEqual(["/api/v1/not-allowed", "GET", "GET, HEAD"]); // prettier-ignore
    const page = await ask("/ledger", {}, { method: "POST" });
    expect([page.url, page.headers["x-nz-allow"]]).toEqual(["/api/v1/not-allowed", "GET, HEAD"]);
    for (const [path, method] of [
      ["/api/v1/years", "GET"],
      ["/api/v1/none", "PUT"],
      ["/ledger", "GET"],
      ["/__nextjs_font", "POST"],
    ] as const) {
      // prettier-ignore
      const { url, headers } = await ask(path, claims, { method });
      expect([url, headers["x-nz-allow"]]).toEqual([path, undefined]);
    }
  });

  it("asked to close, lets nobody stay who keeps their connection", async () => {
    vi.resetModules();
    vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
    vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
    vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
    const { guardTheDoor, requestsUnderWay, seeEverybodyOut } = await import("./door");
    const leave = guardTheDoor(methodsAt);
    let answerSlow = () => {};
    const server = createServer((incoming, response) => {
      if (incoming.url !== "/slow") return void response.end("quick");
      response.write("begun");
      answerSlow = () => response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    server.keepAliveTimeout = 0; // of itself it would wait for ever
    const agent = new Agent({ keepAlive: true });
    const get = (path: string) =>
      new Promise<IncomingMessage>((answered, broken) =>
        request({ port, path, agent }, answered).on("error", broken).end(),
      );
    const [slow, quick] = await Promise.all([get("/slow"), get("/quick")]);
    await quick.toArray();
    expect(quick.headers.connection).toBe("keep-alive");
    const closed = new Promise((done) => server.close(done));
    seeEverybodyOut();
    answerSlow();
    await slow.toArray();
    await closed;
    expect(requestsUnderWay()).toBe(0);
    leave();
  });

  it("what is served beside the framework's proxy is taken for what it says it is", async () => {
    const { answer } = await ask("/_next/static/chunks/a.js", {});
    expect(answer["x-content-type-options"]).toBe("nosniff");
  });

  it("answers of the API are data, whoever gives them", async () => {
    const { answer } = await ask("/api/v1/years", {});
    expect(answer["content-security-policy"]).toMatch(/^default-src 'none'/);
    expect(answer["x-content-type-options"]).toBe("nosniff");
    expect((await ask("/ledger", {})).answer).not.toHaveProperty("content-security-policy");
  });
});
