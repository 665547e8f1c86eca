import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listKept, newCopyId, type KeptCopy } from "@/lib/browser/kept-copy";
import type { SaveWorkingCopyInput, WorkingCopy } from "@/lib/features/working-copies/schema";
import { CopyKeeper } from "./copy-keeper";
import { dropSettled, pushKept } from "./leave";
import { openCopy } from "./open-copy";

const USER = "person";

/** A server that keeps copies as ours does: each version follows the one before. */
class Server {
  readonly copies = new Map<string, WorkingCopy>();
  readonly asked: string[] = [];
  /** Cuts the line; `answers` cuts it on the way back. */
  cut: "none" | "line" | "answers" = "none";

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#fetch(path, init));
  }

  async #fetch(path: string, { method, body }: RequestInit): Promise<Response> {
    this.asked.push(`${method}`);
    if (this.cut === "line") throw new TypeError("Failed to fetch");
    const [status, answer] = this.#answer(String(method), path.split("/").at(-1) ?? "", body);
    if (this.cut === "answers") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(answer), { status });
  }

  #answer(method: string, id: string, body: unknown): [number, unknown] {
    const known = this.copies.get(id);
    if (method === "GET" && id === "working-copies")
      return [200, { items: [...this.copies.values()].reverse() }];
    if (method === "DELETE") return [this.copies.delete(id) ? 200 : 404, { discarded: true }];
    if (method === "GET") return known ? [200, known] : [404, { error: { code: "NOT_FOUND" } }];
    const given = JSON.parse(String(body)) as SaveWorkingCopyInput;
    if (given.version !== (known?.version ?? 0)) return [409, { error: { code: "STALE" } }];
    const updatedAt = new Date().toISOString();
    const copy = { ...given, id, version: given.version + 1, updatedAt };
    this.copies.set(id, copy);
    return [200, copy];
  }

  text(id: string): unknown {
    return this.copies.get(id)?.body["text"];
  }
}

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new Server();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const fresh = (over: Partial<KeptCopy> = {}): KeptCopy => ({
  id: newCopyId(),
  writer: newCopyId(),
  kind: "disbursement",
  title: "",
  subject: null,
  baseVersion: null,
  edits: 0,
  saved: 0,
  version: 0,
  at: new Date().toISOString(),
  body: {},
  ...over,
});
const typed = (text: string) => ({ title: text, subject: null, baseVersion: null, body: { text } });
const keeperOf = (copy = fresh()) => new CopyKeeper(USER, copy);
const rest = () => vi.advanceTimersByTimeAsync(2_000);
const opened = async (copyId: string) =>
  (await openCopy(USER, { kind: "disbursement", copyId, subject: null }))?.copy;

describe("while one types", () => {
  test("every change is in the browser at once, and with the server within two seconds of the last", async () => {
    const keeper = keeperOf();
    for (const text of ["困", "困难", "困难职"]) keeper.type(typed(text));
    expect(listKept(USER).map(({ body }) => body)).toEqual([{ text: "困难职" }]);
    expect(server.asked).toEqual([]);
    await rest();
    expect(server.text(keeper.copy.id)).toBe("困难职");
    expect(server.asked).toEqual(["PUT"]);
    expect(listKept(USER)).toEqual([]);
    expect(keeper.state()).toMatchObject({ saved: true, failure: null });
  });

  test("a cut line keeps it here, and it goes when the line is back", async () => {
    const keeper = keeperOf();
    server.cut = "line";
    keeper.type(typed("断网"));
    await rest();
    expect(keeper.state()).toMatchObject({ saved: false, failure: "OFFLINE" });
    expect(listKept(USER)).toHaveLength(1);
    server.cut = "none";
    keeper.retry();
    await rest();
    expect(server.text(keeper.copy.id)).toBe("断网");
    expect(keeper.state()).toMatchObject({ saved: true, failure: null });
  });

  test("a browser without room for it says so, and the server keeps it", async () => {
    const setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const roomy = globalThis.localStorage;
    vi.stubGlobal("localStorage", { ...roomy, removeItem: () => undefined, setItem });
    const keeper = keeperOf();
    keeper.type(typed("很多"));
    expect(keeper.state()).toMatchObject({ here: false, saved: false });
    await rest();
    vi.stubGlobal("localStorage", roomy);
    expect(server.text(keeper.copy.id)).toBe("很多");
    expect(keeper.state().saved).toBe(true);
    keeper.type(typed("很多很多"));
    expect(keeper.state().here).toBe(true);
  });

  test("a lost answer makes no second copy", async () => {
    const keeper = keeperOf();
    server.cut = "answers";
    keeper.type(typed("甲"));
    await rest();
    server.cut = "none";
    keeper.type(typed("甲乙"));
    await rest();
    expect([...server.copies.keys()]).toEqual([keeper.copy.id]);
    expect(server.text(keeper.copy.id)).toBe("甲乙");
    expect(keeper.state().forkedFrom).toBeNull();
  });

  test("of two windows with one copy both texts are kept, and the second is told", async () => {
    const first = keeperOf();
    const { id } = first.copy;
    first.type(typed("起头"));
    await rest();
    const copy = await opened(id);
    const second = keeperOf(copy);
    second.type(typed("第二个窗口"));
    await rest();
    first.type(typed("第一个窗口"));
    await rest();
    expect(first.state().forkedFrom).toBe(id);
    expect(server.text(id)).toBe("第二个窗口");
    expect(server.text(first.copy.id)).toBe("第一个窗口");
    expect(server.copies.size).toBe(2);
  });

  test("what ended leaves nothing behind, however late a timer comes", async () => {
    const keeper = keeperOf();
    keeper.type(typed("已存"));
    await keeper.rest();
    keeper.end();
    await rest();
    expect(server.asked).toEqual([]);
    expect(listKept(USER)).toEqual([]);
  });

  test("while it is being saved nothing of it is sent, and all of it is kept here", async () => {
    const keeper = keeperOf();
    keeper.type(typed("甲"));
    keeper.hold(typed("甲乙"));
    keeper.retry();
    await rest();
    expect(server.asked).toEqual([]);
    expect(listKept(USER).map(({ body }) => body)).toEqual([{ text: "甲乙" }]);
    keeper.type(typed("甲乙丙"));
    await rest();
    expect(server.text(keeper.copy.id)).toBe("甲乙丙");
  });

  test("what comes after a record of it was made is another copy", async () => {
    const keeper = keeperOf();
    const { id } = keeper.copy;
    keeper.type(typed("甲"));
    keeper.renew();
    keeper.type(typed("乙"));
    await rest();
    expect(keeper.copy.id).not.toBe(id);
    expect([...server.copies.keys()]).toEqual([keeper.copy.id]);
    expect(listKept(USER)).toEqual([]);
  });

  test("discarded, it is gone from both", async () => {
    const keeper = keeperOf();
    keeper.type(typed("不要了"));
    await rest();
    await keeper.discard();
    expect([server.copies.size, listKept(USER).length]).toEqual([0, 0]);
  });
});

describe("opened again", () => {
  async function killed(text: string, later: string): Promise<string> {
    const keeper = keeperOf();
    keeper.type(typed(text));
    await rest();
    server.cut = "line";
    keeper.type(typed(later));
    await rest();
    vi.clearAllTimers();
    server.cut = "none";
    return keeper.copy.id;
  }

  test("the browser's newer text wins over the state it follows, and nothing is set aside", async () => {
    const id = await killed("旧", "新");
    const copy = await opened(id);
    expect(copy?.body["text"]).toBe("新");
    const keeper = keeperOf(copy);
    keeper.retry();
    await rest();
    expect(server.text(id)).toBe("新");
    expect([server.copies.size, listKept(USER).length]).toEqual([1, 0]);
  });

  test("where both went on, the one with more edits is shown and the other is set aside", async () => {
    const id = await killed("旧", "这台电脑");
    const elsewhere = server.copies.get(id);
    if (!elsewhere) throw new Error("no copy");
    const body = { text: "另一台电脑", writer: "another" };
    server.copies.set(id, { ...elsewhere, body, edits: 9, version: elsewhere.version + 1 });
    expect((await opened(id))?.body["text"]).toBe("另一台电脑");
    expect(listKept(USER).map((copy) => [copy.id === id, copy.body["text"]])).toEqual([
      [false, "这台电脑"],
    ]);
  });

  test("without the server it is the browser's", async () => {
    const id = await killed("旧", "新");
    server.cut = "line";
    expect(
      (await openCopy(USER, { kind: "disbursement", copyId: id, subject: null }))?.copy.body[
        "text"
      ],
    ).toBe("新");
  });

  test("by the record it changes", async () => {
    const keeper = keeperOf();
    keeper.type({ ...typed("改草稿"), subject: "7", baseVersion: 2 });
    await rest();
    const found = await openCopy(USER, { kind: "disbursement", copyId: null, subject: "7" });
    expect(found?.copy).toMatchObject({ id: keeper.copy.id, baseVersion: 2 });
  });

  test("a correction of it is another form than a change of it", async () => {
    const keeper = keeperOf(fresh({ kind: "correction" }));
    keeper.type({ ...typed("更正"), subject: "7", baseVersion: 2 });
    const correction = { kind: "correction", copyId: null, subject: "7" } as const;
    for (const step of [() => Promise.resolve(), rest]) {
      await step();
      expect(await openCopy(USER, { ...correction, kind: "disbursement" })).toBeNull();
      expect((await openCopy(USER, correction))?.copy.body["text"]).toBe("更正");
    }
  });

  test("an empty address opens nothing and asks nobody", async () => {
    expect(await openCopy(USER, { kind: "disbursement", copyId: null, subject: null })).toBeNull();
    expect(server.asked).toEqual([]);
  });
});

describe("leaving", () => {
  test("sends what is there, and names what could not be sent", async () => {
    const [one, other] = [keeperOf(), keeperOf()];
    server.cut = "line";
    one.type(typed("甲"));
    other.type(typed("乙"));
    const left = await pushKept(USER);
    expect([left.sent.length, left.unsent.length]).toEqual([0, 2]);
    expect(listKept(USER)).toHaveLength(2);
    server.cut = "none";
    const gone = await pushKept(USER);
    expect(gone.unsent).toEqual([]);
    dropSettled(USER, gone.sent);
    expect([server.copies.size, listKept(USER).length]).toEqual([2, 0]);
  });

  test("drops nothing that another window has typed since", async () => {
    const keeper = keeperOf();
    keeper.type(typed("甲"));
    const { sent } = await pushKept(USER);
    keeper.type(typed("甲乙"));
    dropSettled(USER, sent);
    expect(listKept(USER).map(({ body }) => body)).toEqual([{ text: "甲乙" }]);
  });

  test("what stays is this person's alone", async () => {
    keeperOf().type(typed("甲"));
    expect(listKept("somebody-else")).toEqual([]);
  });
});
