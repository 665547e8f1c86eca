import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";

async function ask(path: string, headers: Record<string, string>, trustProxy = "") {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  vi.stubEnv("TRUST_PROXY", trustProxy);
  const { guardTheDoor } = await import("./door");
  const close = guardTheDoor();
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const seen = (await response.json()) as { url: string; headers: IncomingHttpHeaders };
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
    const { headers } = await ask("/", CLAIMS, "1");
    expect(headers["x-nz-address"]).toBe("10.0.0.1");
    expect(headers["x-forwarded-host"]).toBe("evil.example");
  });

  it("sends addresses that do not decode where nothing is", async () => {
    expect((await ask("/api/v1/disbursements/%FF", {})).url).toBe("/api/v1/not-an-address");
    expect((await ask("/entry/%E0%A4%A?x=1", {})).url).toBe("/not-an-address");
    expect((await ask("/ledger?q=%FF", {})).url).toBe("/ledger?q=%FF");
    expect((await ask("/%E5%B8%AE%E5%8A%A9", {})).url).toBe("/%E5%B8%AE%E5%8A%A9");
  });
});
