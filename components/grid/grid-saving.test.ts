import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CopyKeeper } from "@/components/working-copies/copy-keeper";
import { beginCopy } from "@/lib/browser/kept-copy";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import { REFERENCE } from "@/testing/reference";
import { ALL_COLUMNS } from "./grid-columns";
import { saveRows } from "./grid-saving";
import { GridStore } from "./grid-store";
import { emptyState, fromText, toText, type GridState } from "./grid-text";

const CONTEXT = rowContext({
  reference: REFERENCE,
  locale: "zh-CN",
  reading: { today: "2026-11-25", openYears: [2026] },
  organisation: "630123",
});

/** A server that stores sets under their keys, as ours does. */
class Server {
  readonly sets = new Map<string, unknown[]>();
  drafts = 0;
  answers: "given" | "lost" = "given";
  refuses: (row: { note?: string | null }) => boolean = () => false;

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#fetch(path, init));
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    if (path.includes("working-copies"))
      return new Response(JSON.stringify({ version: 1 }), { status: 200 });
    const { rows } = JSON.parse(String(init.body)) as { rows: { note?: string | null }[] };
    const bad = rows.findIndex(this.refuses);
    if (bad >= 0) {
      const fieldErrors = { [`rows.${bad}.note`]: ["不收"] };
      const error = { code: "VALIDATION", message: "不收", fieldErrors };
      return new Response(JSON.stringify({ error }), { status: 422 });
    }
    const key = new Headers(init.headers).get("Idempotency-Key") ?? "";
    const make = () => rows.map(() => ({ id: String((this.drafts += 1)), reference: "r", version: 1, findings: [] })); // prettier-ignore
    const items = this.sets.get(key) ?? make();
    this.sets.set(key, items);
    if (this.answers === "lost") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify({ items }), { status: 201 });
  }
}

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(state: GridState = emptyState()) {
  const keeper = new CopyKeeper("person", beginCopy("grid", null));
  let kept = state;
  const store = new GridStore(
    state,
    (texts) => readRow(texts, CONTEXT),
    (next) => {
      kept = next;
      keeper.type({ title: "", subject: null, baseVersion: null, body: toText(next, ALL_COLUMNS) });
    },
  );
  return { store, keeper, kept: () => kept };
}

function filled(notes: readonly string[]) {
  const table = opened();
  const writes = notes.flatMap((note, n) =>
    Object.entries({ programme: "金秋助学", paidOn: "2026.8.21", amount: "100", note }).map(
      ([column, text]) => ({ row: `first-${n + 1}`, column, text }),
    ),
  );
  table.store.write("paste", writes, null);
  return table;
}

it("rows go in one set; what cannot be read stays with its reason", async () => {
  const table = filled(["甲", "乙", "丙"]);
  table.store.write("type", [{ row: "first-2", column: "amount", text: "几万" }], null);
  expect(await saveRows(table)).toEqual({ kept: 2, unread: 1, refused: 0 });
  expect([server.sets.size, server.drafts]).toEqual([1, 2]);
  expect(table.store.row("first-2").held).toBeNull();
  expect(await saveRows(table)).toMatchObject({ kept: 2 });
  expect(server.drafts).toBe(2);
});

it("an answer that was lost is asked for again, by whoever opens the table next, and gives the same drafts", async () => {
  const table = filled(["甲", "乙"]);
  server.answers = "lost";
  await expect(saveRows(table)).rejects.toMatchObject({ code: "OFFLINE" });
  expect(table.store.row("first-1").held).toBeNull();
  server.answers = "given";
  const again = opened(fromText(JSON.parse(JSON.stringify(toText(table.kept(), ALL_COLUMNS)))));
  expect(await saveRows(again)).toMatchObject({ kept: 2 });
  expect([server.sets.size, server.drafts]).toEqual([1, 2]);
  expect(again.store.row("first-2").held).toMatchObject({ id: "2", changed: false });
});

it("what was typed after a lost answer is a change of that draft", async () => {
  const table = filled(["甲"]);
  server.answers = "lost";
  await expect(saveRows(table)).rejects.toMatchObject({ code: "OFFLINE" });
  table.store.write("type", [{ row: "first-1", column: "note", text: "乙" }], null);
  server.answers = "given";
  const asked: string[] = [];
  const answer = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method !== "PATCH") return answer(path, init);
    asked.push(`${path} ${String(init.body)}`);
    return Promise.resolve(new Response(JSON.stringify({ version: 2, findings: [] }), { status: 200 })); // prettier-ignore
  });
  expect(await saveRows(table)).toMatchObject({ kept: 1 });
  expect(server.drafts).toBe(1);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('"note":"乙"');
});

it("a change whose answer was lost is known for the one that was taken, not for another's", async () => {
  const table = filled(["甲"]);
  await saveRows(table);
  table.store.write("type", [{ row: "first-1", column: "note", text: "乙" }], null);
  // The draft moves on with each change, and a key is answered as it was the first time.
  const taken = new Map<string, number>();
  let version = 1;
  let lost = true;
  const answer = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method !== "PATCH") return answer(path, init);
    const key = new Headers(init.headers).get("Idempotency-Key") ?? "";
    const body = JSON.parse(String(init.body)) as { version: number };
    if (!taken.has(key) && body.version !== version) {
      const error = { code: "STALE", message: "别处改过", fieldErrors: {} };
      return Promise.resolve(new Response(JSON.stringify({ error }), { status: 409 }));
    }
    if (!taken.has(key)) taken.set(key, (version += 1));
    if (lost) return Promise.reject(new TypeError("Failed to fetch"));
    return Promise.resolve(new Response(JSON.stringify({ version: taken.get(key), findings: [] }), { status: 200 })); // prettier-ignore
  });
  await expect(saveRows(table)).rejects.toMatchObject({ code: "OFFLINE" });
  lost = false;
  const again = opened(fromText(JSON.parse(JSON.stringify(toText(table.kept(), ALL_COLUMNS)))));
  expect(await saveRows(again)).toEqual({ kept: 1, unread: 0, refused: 0 });
  expect(again.store.row("first-1").held).toMatchObject({ version: 2, changed: false });
  expect(taken.size).toBe(1);
});

it("a row the server refuses stays, with its sentence, and the others go without it", async () => {
  const table = filled(["甲", "不好", "丙"]);
  server.refuses = ({ note }) => note === "不好";
  expect(await saveRows(table)).toEqual({ kept: 2, unread: 0, refused: 1 });
  expect(table.store.row("first-2").said?.row).toBe("不收");
  expect(server.drafts).toBe(2);
});
