import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import type {
  adjustDisbursementContract,
  getDisbursementContract,
} from "@/lib/features/disbursements/schema";
import type { listJobsContract } from "@/lib/features/jobs/schema";
import type { approveDisbursementContract } from "@/lib/features/steps/schema";
import type { AddressOf } from "@/lib/kernel/contract";
import { Network } from "@/testing/network";
import { callApi, failureOf } from "./api-client";

describe("an address in the browser", () => {
  it("compiles only as its contract writes it", () => {
    type Adjust = AddressOf<typeof adjustDisbursementContract>;
    expectTypeOf<Adjust>().toEqualTypeOf<"POST /disbursements/{id}/adjust">();
    expectTypeOf(callApi<typeof getDisbursementContract>)
      .parameter(0)
      .toEqualTypeOf<"GET /disbursements/{id}">();
  });

  it("brings the parameters and the answer of its contract", () => {
    const call = callApi<typeof getDisbursementContract>;
    expectTypeOf(call).parameter(1).toHaveProperty("params").toEqualTypeOf<{ id: string }>();
    expectTypeOf<Awaited<ReturnType<typeof call>>["version"]>().toEqualTypeOf<number>();
  });
});

describe("a server that is too busy just now", () => {
  const busy = { status: 503, code: "BUSY", retryAfter: 2 } as const;
  const key = "a".repeat(32);
  const approve = (options: { idempotencyKey?: string; keepalive?: boolean }) =>
    callApi<typeof approveDisbursementContract>("POST /disbursements/{id}/approve", {
      params: { id: "7" },
      body: { version: 1 },
      ...options,
    }).catch(failureOf);

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is asked again after the seconds it names, under the same key, and the person is told nothing", async () => {
    const network = new Network(busy, busy);
    const answer = approve({ idempotencyKey: key });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(network.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(await answer).toMatchObject({ id: "1" });
    expect(network.keys).toEqual(Array.from({ length: 3 }, () => key));
    expect(network.taken.size).toBe(1);
  });

  it("is told of when it stays so, after three times", async () => {
    const network = new Network(busy, busy, busy);
    const answer = approve({ idempotencyKey: key });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await answer).toMatchObject({ code: "BUSY" });
    expect(network.sent).toHaveLength(3);
  });

  it.each([
    ["without a key, which could be done twice", busy, {}],
    ["of a page that is being left", busy, { idempotencyKey: key, keepalive: true }],
    ["that shall wait for a minute", { ...busy, retryAfter: 60 }, { idempotencyKey: key }],
    [
      "refused for its rate",
      { status: 429, code: "RATE_LIMITED", retryAfter: 2 },
      { idempotencyKey: key },
    ],
  ] as const)("gets no second request %s", async (_, fate, options) => {
    const network = new Network(fate);
    expect(await approve(options)).toMatchObject({ code: fate.code });
    expect(network.sent).toHaveLength(1);
  });

  it("is not asked again by whoever left", async () => {
    const network = new Network(busy);
    const left = new AbortController();
    const answer = callApi<typeof listJobsContract>("GET /jobs", {
      query: {},
      signal: left.signal,
    }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    left.abort();
    expect(await answer).toMatchObject({ name: "AbortError" });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(network.sent).toHaveLength(1);
  });
});
