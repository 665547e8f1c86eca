import { NextRequest } from "next/server";
import { beforeAll, expect, test, vi } from "vitest";

let proxy: (request: NextRequest) => Response;

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c");
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "a key for tests alone, 32 bytes or more");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 bytes or more");
  ({ proxy } = await import("./proxy"));
});

/** What Next hands on to the page: each overridden header under this prefix. */
const handedOn = (url: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(url, { headers })).headers.get("x-middleware-request-x-nz-path");

test("the page learns its own address, with its query and without what the router adds", () => {
  expect(handedOn("http://a/ledger?year=2026&org=630123&_rsc=abc")).toBe(
    "/ledger?year=2026&org=630123",
  );
});

test("a visitor's own word about the address is replaced", () => {
  expect(handedOn("http://a/workbench", { "x-nz-path": "//elsewhere.example" })).toBe("/workbench");
});
