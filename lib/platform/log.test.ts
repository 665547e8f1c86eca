import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
});
afterEach(() => vi.unstubAllEnvs());

/** What PostgreSQL says when a value does not fit: it quotes the value. */
const refusal = Object.assign(new Error('invalid input syntax for type integer: "丹增 632801"'), {
  code: "22P02",
});

async function logged(mode: "production" | "development"): Promise<string> {
  vi.stubEnv("NODE_ENV", mode);
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { logError, logWarning } = await import("./log");
  logError("query.failed", refusal);
  logWarning("query.refused", refusal);
  const errors = vi.mocked(console.error);
  const lines = [...errors.mock.calls, ...warned.mock.calls].map(([line]) => String(line));
  errors.mockClear();
  warned.mockRestore();
  expect(lines).toHaveLength(2);
  return lines.join("\n");
}

test("in production a log line says where it broke and never what the database quoted", async () => {
  const said = await logged("production");
  expect(said).toContain("22P02");
  expect(said).toContain("log.test.ts");
  expect(said).not.toContain("丹增");
  expect(said).not.toContain("632801");
});

test("a developer reads the message", async () => {
  expect(await logged("development")).toContain("丹增");
});
