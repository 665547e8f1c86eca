import { afterEach, expect, test, vi } from "vitest";
import { checkDisbursements, createDisbursements } from "@/lib/features/disbursements/client";
import { submitDisbursements } from "./client";

afterEach(() => vi.unstubAllGlobals());

/** What leaves the browser. */
function sent() {
  const requests: { url: string; key: string | null; body: unknown }[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const key = new Headers(init.headers).get("idempotency-key");
    requests.push({ url, key, body: JSON.parse(String(init.body)) });
    return Promise.resolve(Response.json({ items: [] }));
  });
  return requests;
}

test("a set goes to its address under the key of its intent; a check needs none", async () => {
  const requests = sent();
  const rows = [{ organisation: "630123", programme: "golden-autumn" }];
  const items = [{ id: "42", version: 1 }];
  await createDisbursements({ body: { rows }, idempotencyKey: "k1" });
  await checkDisbursements({ rows }, new AbortController().signal);
  await submitDisbursements({ body: { items }, idempotencyKey: "k2" });
  expect(requests).toEqual([
    { url: "/api/v1/disbursements/set", key: "k1", body: { rows } },
    { url: "/api/v1/disbursements/set/check", key: null, body: { rows } },
    { url: "/api/v1/disbursements/set/submit", key: "k2", body: { items } },
  ]);
});
