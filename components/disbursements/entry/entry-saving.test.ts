import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Intent } from "@/lib/browser/intent";
import { Network } from "@/testing/network";
import { readEntry } from "@/lib/features/entry/rules";
import { isStored, saveEntry, sendEntry, submitEntry, type EntryIntent } from "./entry-saving";
import { readRecord } from "@/testing/checked";
import { emptyEntry, entryOf } from "@/lib/features/entry/present";

const input = (note: string) =>
  readEntry({ ...emptyEntry("630123"), note }, { today: "2026-11-25", openYears: null }).input;
/** The form that is typed into, and what this browser keeps of it. */
const form = {
  id: "",
  open: null as EntryIntent["open"],
  hold(open: EntryIntent["open"]) {
    form.open = open;
  },
};
const save = (note: string) =>
  saveEntry({ intent, record: null, input: input(note), ends: {}, changed: true, form });

let intent: EntryIntent;
beforeEach(() => {
  intent = new Intent(sendEntry);
  Object.assign(form, { id: crypto.randomUUID(), open: null });
});
afterEach(() => vi.unstubAllGlobals());

describe("a new entry whose answer was lost", () => {
  it("is the same record when it is saved again, and is not written again", async () => {
    const network = new Network("lost");
    await expect(save("甲")).rejects.toMatchObject({ code: "OFFLINE" });
    await expect(save("甲")).resolves.toMatchObject({ id: "1" });
    expect(network.sent.map(({ method }) => method)).toEqual(["POST", "POST"]);
    expect(network.taken.size).toBe(1);
  });

  it("takes what was typed since as a change of that record", async () => {
    const network = new Network("lost");
    await expect(save("甲")).rejects.toMatchObject({ code: "OFFLINE" });
    await save("乙");
    expect(network.sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/v1/disbursements",
      "POST /api/v1/disbursements",
      "PATCH /api/v1/disbursements/1",
    ]);
    expect(network.sent[1]?.body).toMatchObject({ note: "甲" });
    expect(network.sent[2]?.body).toMatchObject({ note: "乙", version: 1 });
  });

  it("is submitted once, however often its answer is lost", async () => {
    const network = new Network("answered", "lost");
    const record = await save("甲");
    await expect(submitEntry(intent, record, { answers: [] })).rejects.toMatchObject({
      code: "OFFLINE",
    });
    await saveEntry({ intent, record, input: input("甲"), ends: {}, changed: false, form });
    expect(network.sent[2]).toEqual(network.sent[1]);
    expect(network.sent[1]?.path).toBe("/api/v1/disbursements/1/submit");
    expect(network.taken.size).toBe(2);
  });
});

describe("a new entry that is left while it is being saved", () => {
  /** Opened again with what was kept; whether the first page ever hears the answer makes no difference. */
  const again = (note: string, open: EntryIntent["open"]) => {
    intent = new Intent(sendEntry, open);
    return save(note);
  };

  it("is one record, whose request was kept before it went out", async () => {
    const network = new Network(new Promise(() => undefined));
    void save("甲");
    await vi.waitUntil(() => form.open);
    await again("乙", form.open);
    expect(network.keys.slice(0, 2)).toEqual([form.id, form.id]);
    expect(network.sent[2]).toMatchObject({ method: "PATCH", path: "/api/v1/disbursements/1" });
  });

  it("is one record where nothing of the request was kept", async () => {
    const network = new Network("lost");
    await expect(save("甲")).rejects.toMatchObject({ code: "OFFLINE" });
    await expect(again("甲", null)).resolves.toMatchObject({ id: "1" });
    await expect(again("乙", null)).rejects.toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(network.taken.size).toBe(1);
  });
});

describe("what was typed into a page that was left while it was being saved", () => {
  const context = { today: "2026-11-25", openYears: [2026] };
  const typed = { ...entryOf(readRecord), amount: "15.39万", paidOn: "8月28日" };

  it("is nothing to ask about where the record says it by now", () => {
    expect(isStored(typed, readRecord, context)).toBe(true);
  });

  it("is kept where one word of it is not there, or could not be read", () => {
    expect(isStored({ ...typed, note: "又写了一句" }, readRecord, context)).toBe(false);
    expect(isStored({ ...typed, rateUnit: "三百来块" }, readRecord, context)).toBe(false);
  });
});
