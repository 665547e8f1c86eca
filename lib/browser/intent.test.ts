import { afterEach, describe, expect, it, vi } from "vitest";
import { createAllotment } from "@/lib/features/allotments/client";
import { Network } from "@/testing/network";
import { Intent } from "./intent";

afterEach(() => vi.unstubAllGlobals());

const allotment = (amountFen: string) => ({
  body: { organisation: "630123", fiscalYear: 2026, fundSource: "provincial-treasury", amountFen },
});
const refused = { status: 409, code: "STALE" } as const;

describe("an intent that had no answer", () => {
  it("is settled word for word and under its own key, whatever is typed meanwhile", async () => {
    const network = new Network("lost");
    const intent = new Intent(createAllotment);
    await expect(intent.send(allotment("100"))).rejects.toMatchObject({ code: "OFFLINE" });
    await expect(intent.settle()).resolves.toMatchObject({ id: "1" });
    expect(network.sent[1]).toEqual(network.sent[0]);
    expect(network.taken.size).toBe(1);
    expect(intent.open).toBeNull();
  });

  it("is settled after a reload, from what was kept of it", async () => {
    const network = new Network("lost");
    const before = new Intent(createAllotment);
    await expect(before.send(allotment("100"))).rejects.toMatchObject({ code: "OFFLINE" });
    const kept = JSON.parse(JSON.stringify(before.open)) as typeof before.open;
    await new Intent(createAllotment, kept).settle();
    expect(network.taken.size).toBe(1);
  });

  it("stays open for as long as the line is down", async () => {
    const network = new Network("offline", "offline");
    const intent = new Intent(createAllotment);
    await expect(intent.send(allotment("100"))).rejects.toMatchObject({ code: "OFFLINE" });
    await expect(intent.settle()).rejects.toMatchObject({ code: "OFFLINE" });
    expect(intent.open?.key).toBe(network.keys[0]);
  });

  it("is over once the server refuses it", async () => {
    const network = new Network("offline", refused);
    const intent = new Intent(createAllotment);
    await expect(intent.send(allotment("100"))).rejects.toMatchObject({ code: "OFFLINE" });
    await expect(intent.settle()).resolves.toBeNull();
    expect(intent.open).toBeNull();
    await expect(intent.settle()).resolves.toBeNull();
    expect(network.sent).toHaveLength(2);
  });
});
