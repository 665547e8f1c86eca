import { describe, expect, it } from "vitest";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { Attempts, type Attempt } from "./attempts";

const lost = new Error("lost");
const refused = new Error("refused");

/** A server that keeps one answer per key, and a line that drops answers on demand. */
function server(line: ("ok" | "lost-before" | "lost-after" | "refused")[]) {
  const taken = new Map<string, DisbursementDetail>();
  const send = (attempt: Attempt): Promise<DisbursementDetail> => {
    const state = line.shift() ?? "ok";
    if (state === "lost-before") return Promise.reject(lost);
    if (state === "refused") return Promise.reject(refused);
    const record = taken.get(attempt.key) ?? ({ id: String(taken.size + 1) } as DisbursementDetail);
    taken.set(attempt.key, record);
    return state === "lost-after" ? Promise.reject(lost) : Promise.resolve(record);
  };
  let keys = 0;
  const attempts = new Attempts({
    send,
    answered: (failure) => failure === refused,
    newKey: () => `key-${++keys}`,
  });
  return { taken, attempts };
}

describe("an intent makes one record", () => {
  it("when the answer was lost after the server took it, and the words changed meanwhile", async () => {
    const { taken, attempts } = server(["lost-after"]);
    await expect(
      attempts.run({ verb: "create", key: attempts.newKey(), body: { note: "first" } }),
    ).rejects.toBe(lost);
    expect(attempts.pending).not.toBeNull();
    await expect(attempts.settle()).resolves.toEqual({ id: "1" });
    expect(taken.size).toBe(1);
    expect(attempts.pending).toBeNull();
  });

  it("when the request never arrived", async () => {
    const { taken, attempts } = server(["lost-before"]);
    await expect(attempts.run({ verb: "create", key: "a", body: {} })).rejects.toBe(lost);
    await attempts.settle();
    expect([...taken.keys()]).toEqual(["a"]);
  });

  it("and stays open for as long as the line is down", async () => {
    const { attempts } = server(["lost-before", "lost-before"]);
    await expect(attempts.run({ verb: "create", key: "a", body: {} })).rejects.toBe(lost);
    await expect(attempts.settle()).rejects.toBe(lost);
    expect(attempts.pending?.key).toBe("a");
  });

  it("and is over once the server has refused it", async () => {
    const { taken, attempts } = server(["refused"]);
    await expect(attempts.run({ verb: "create", key: "a", body: {} })).rejects.toBe(refused);
    expect(attempts.pending).toBeNull();
    await expect(attempts.settle()).resolves.toBeNull();
    expect(taken.size).toBe(0);
  });
});
