import { afterEach, describe, expect, it, vi } from "vitest";

type Settings = Record<string, string>;

async function moduleWith(settings: Settings) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return import("./request-origin");
}

async function allowed(given: Settings, settings: Settings = {}): Promise<boolean> {
  const { requireSameOrigin } = await moduleWith(settings);
  try {
    requireSameOrigin(new Headers(given));
    return true;
  } catch {
    return false;
  }
}

afterEach(() => vi.unstubAllEnvs());

describe("requireSameOrigin", () => {
  it("goes by the name the server was reached by", async () => {
    expect(await allowed({ host: "192.168.1.5:3000", origin: "http://192.168.1.5:3000" })).toBe(
      true,
    );
    expect(await allowed({ host: "ledger.local", origin: "https://LEDGER.local" })).toBe(true);
    expect(await allowed({ host: "ledger.local", origin: "http://ledger.local:81" })).toBe(false);
    expect(await allowed({ host: "ledger.local", origin: "not an address" })).toBe(false);
  });

  it("takes a forwarded host only from a proxy of one's own", async () => {
    const given = {
      host: "10.0.0.2",
      "x-forwarded-host": "a.example",
      origin: "https://a.example",
    };
    expect(await allowed(given)).toBe(false);
    expect(await allowed(given, { TRUST_PROXY: "1" })).toBe(true);
    expect(await allowed(given, { NEXTAUTH_URL: "https://a.example" })).toBe(true);
  });
});

describe("a site under https", () => {
  it("takes nothing from its own name under http", async () => {
    const settings = { NEXTAUTH_URL: "https://a.example" };
    const from = (origin: string) => allowed({ host: "a.example", origin }, settings);
    expect(await from("https://a.example")).toBe(true);
    expect(await from("http://a.example")).toBe(false);
    expect(await from("null")).toBe(false);
    const behind = { host: "a.example", "x-forwarded-proto": "https", origin: "http://a.example" };
    expect(await allowed(behind, { TRUST_PROXY: "1" })).toBe(false);
  });
});

describe("isHttps", () => {
  it("is the configured address's word, else the connection's", async () => {
    const plain = await moduleWith({});
    expect(plain.isHttps(new Headers())).toBe(false);
    expect(plain.isHttps(new Headers({ "x-forwarded-proto": "https" }))).toBe(true);
    const fixed = await moduleWith({ NEXTAUTH_URL: "https://a.example" });
    expect(fixed.isHttps(new Headers())).toBe(true);
  });
});
