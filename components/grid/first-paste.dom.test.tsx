import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { GridText } from "./grid-text";

// A ceiling for a machine that is busy, not a measure of anything.
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.doUnmock("./pasting");
  vi.doUnmock("./grid-saving");
});

const COLUMNS = ["programme", "paidOn", "amount", "note"] as const;
const LINES = ["金秋助学\t2026.8.21\t100\t甲", "金秋助学\t2026.8.22\t200\t丙"];

/** Every part of the page anew, as after a navigation. */
const parts = () =>
  Promise.all([
    import("@/testing/screen"),
    import("./use-grid-clipboard"),
    import("./use-grid-actions"),
    import("./use-grid"),
    import("./grid-store"),
    import("./grid-text"),
    import("@/lib/features/rows/rules"),
    import("@/testing/reference"),
    import("@/components/working-copies/copy-keeper"),
    import("@/lib/browser/kept-copy"),
  ]);

// read once before any of them is timed
beforeAll(() => Promise.all([parts(), import("./pasting"), import("./grid-saving")]), 120_000);

/** A promise, and what keeps or breaks it. */
function gate() {
  let open = () => {};
  let fail = () => {};
  const way = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = () => reject(new Error("no line"));
  });
  return { way, open, fail };
}

/** The table of a page that was opened just now: what reads a paste and what saves are on their way. */
async function opened(ways: { pasting?: Promise<void>; saving?: Promise<void> }) {
  vi.resetModules();
  vi.doMock("./pasting", async (load) => {
    await ways.pasting;
    return load();
  });
  vi.doMock("./grid-saving", async (load) => {
    await ways.saving;
    return load();
  });
  const sent: { rows: { note: string | null }[] }[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (path.includes("working-copies")) return Promise.resolve(Response.json({ version: 1 }));
    const body = JSON.parse(String(init.body)) as (typeof sent)[number];
    sent.push(body);
    const items = body.rows.map((_, at) => ({ id: String(at + 1), reference: "r", version: 1, findings: [] })); // prettier-ignore
    return Promise.resolve(Response.json({ items }, { status: 201 }));
  });
  const [{ Screen }, { useGridClipboard }, { useGridActions }, { useGrid }, { GridStore }, texts, rows, { REFERENCE }, { CopyKeeper }, { beginCopy }] = await parts(); // prettier-ignore
  const context = rows.rowContext({
    ...{ reference: REFERENCE, locale: "zh-CN", organisation: "630123" },
    reading: { today: "2026-11-25", openYears: [2026] },
  });
  const empty: Partial<GridText> = {};
  const store = new GridStore(texts.fromText(empty), (row) => rows.readRow(row, context), () => undefined); // prettier-ignore
  const keeper = new CopyKeeper("person", beginCopy("grid", null));
  const told: string[] = [];
  const view = { columns: COLUMNS, widths: {}, show: () => undefined, resize: () => undefined };
  function Table() {
    const grid = useGrid(store, view);
    const paste = useGridClipboard(grid, {
      asks: () => told.push("asks"),
      pasted: () => told.push("pasted"),
      nothing: () => told.push("nothing"),
      waits: (how) => told.push(how ?? "read"),
    });
    const words = { refusal: () => ({ cells: {}, row: "" }) };
    const deeds = useGridActions(grid, keeper, words as never, paste.arriving);
    return (
      <>
        <input aria-label="格" onPaste={paste.onPaste} />
        <button aria-busy={deeds.command.busy} onClick={() => void deeds.save()}>
          存为草稿
        </button>
        <p data-testid="failure">{deeds.command.failure?.code}</p>
      </>
    );
  }
  render(<Table />, { wrapper: Screen });
  const clipboardData = { getData: (type: string) => (type === "text/plain" ? LINES.join("\n") : "") }; // prettier-ignore
  return {
    ...{ store, told, sent },
    paste: () => fireEvent.paste(screen.getByLabelText("格"), { clipboardData }),
    save: () => fireEvent.click(screen.getByRole("button")),
    busy: () => screen.getByRole("button").getAttribute("aria-busy"),
    said: (row: string) => store.state().content.texts[row],
  };
}

test("a first paste waits for its reader with a sign, is saved with the rest, and what is typed meanwhile stays", async () => {
  const pasting = gate();
  const table = await opened({ pasting: pasting.way });
  table.paste();
  expect(table.told).toEqual(["reading"]);
  expect(table.said("first-1")).toEqual({});
  table.store.write("type", [{ row: "first-2", column: "note", text: "后来写的" }], null);
  table.store.type({ row: "first-3", column: "note", text: "半句" });
  pasting.open();
  await waitFor(() => expect(table.told).toEqual(["reading", "read", "pasted"]));
  expect(table.said("first-1")).toMatchObject({ amount: "100", note: "甲" });
  expect(table.said("first-2")).toMatchObject({ amount: "200", note: "后来写的" });
  expect(table.store.state().open).toMatchObject({ row: "first-3", text: "半句" });
});

test("who saves before the paste is read saves what was pasted", async () => {
  const [pasting, saving] = [gate(), gate()];
  const table = await opened({ pasting: pasting.way, saving: saving.way });
  table.paste();
  table.save();
  await waitFor(() => expect(table.busy()).toBe("true"));
  saving.open();
  await saving.way;
  expect(table.sent).toEqual([]);
  pasting.open();
  await waitFor(() => expect(table.busy()).toBe("false"));
  expect(table.sent.flatMap(({ rows }) => rows.map(({ note }) => note))).toEqual(["甲", "丙"]);
});

test("two pastes are read in the order in which they were pasted", async () => {
  const pasting = gate();
  const table = await opened({ pasting: pasting.way });
  table.paste();
  table.paste();
  pasting.open();
  await waitFor(() => expect(table.told.filter((one) => one === "pasted")).toHaveLength(2));
  expect(table.said("first-2")).toMatchObject({ amount: "200", note: "丙" });
});

test("what cannot be read is said, and a save that cannot be sent is, too", async () => {
  const [pasting, saving] = [gate(), gate()];
  const table = await opened({ pasting: pasting.way, saving: saving.way });
  table.paste();
  pasting.fail();
  await waitFor(() => expect(table.told).toEqual(["reading", "failed"]));
  table.store.write("type", [{ row: "first-1", column: "note", text: "甲" }], null);
  saving.fail();
  table.save();
  await waitFor(() => expect(screen.getByTestId("failure").textContent).toBe("OFFLINE"));
  expect(table.said("first-1")).toEqual({ note: "甲" });
});
