import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QueueItem } from "@/lib/features/review/types";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { SAID_MS } from "./use-departures";
import { LOOK_MS } from "./use-quiet-look";
import { UNDO_MS, useQueue } from "./use-queue";
import { rowIdOf } from "./use-queue-keys";

const item = (id: string) => ({ record: { id, version: 3 } }) as QueueItem;
const ITEMS = [item("7"), item("8")];
const refreshed: number[] = [];
const ROUTER = { refresh: () => refreshed.push(1) } as unknown as AppRouterInstance;

function Queue({ items = ITEMS }: { items?: QueueItem[] }) {
  const q = useQueue(items);
  const rows = q.shown.map((one) => (
    <p key={one.record.id} id={rowIdOf(one)} aria-label={one.record.id}>
      <button type="button" onClick={() => q.hold(one)}>
        通过 {one.record.id}
      </button>
      <button type="button" onClick={() => q.undo(one)}>
        撤销 {one.record.id}
      </button>
      <output>{q.isHeld(one) ? "held" : (q.resultOf(one)?.state ?? "waits")}</output>
    </p>
  ));
  return (
    <>
      {q.silentSince && <p role="alert">silent</p>}
      {rows}
    </>
  );
}

const draw = () =>
  render(
    <AppRouterContext value={ROUTER}>
      <Queue />
    </AppRouterContext>,
    { wrapper: Screen },
  );
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const stateOf = (id: string) => screen.getByLabelText(id).querySelector("output")?.textContent;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  refreshed.length = 0;
});

test("an approval is sent after its seconds, and not at all where it is taken back", async () => {
  const network = new Network();
  draw();
  press("通过 7");
  press("通过 8");
  expect([stateOf("7"), stateOf("8")]).toEqual(["held", "held"]);
  await pass(UNDO_MS - 1);
  expect(network.sent).toEqual([]);
  press("撤销 8");
  await pass(UNDO_MS);
  expect(network.sent.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
    "/api/v1/disbursements/7/approve",
  ]);
  expect([stateOf("7"), stateOf("8")]).toEqual(["done", "waits"]);
});

test("whoever leaves the page has approved: it is sent at once, once, and outlives the page", async () => {
  const network = new Network();
  const kept: (boolean | undefined)[] = [];
  const stubbed = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method === "POST") kept.push(init.keepalive);
    return stubbed(path, init);
  });
  const { unmount } = draw();
  press("通过 7");
  fireEvent(window, new Event("pagehide"));
  expect(kept).toEqual([true]);
  press("通过 8");
  unmount();
  await pass(2 * UNDO_MS);
  expect(network.sent.filter(({ method }) => method === "POST")).toHaveLength(2);
});

test("without an answer the row says so, waits on, and the page stays", async () => {
  new Network("offline");
  draw();
  press("通过 7");
  await pass(UNDO_MS);
  expect(stateOf("7")).toBe("failed");
  expect(refreshed).toEqual([]);
});

/** 7 was withdrawn by the clerk since the page was drawn; 8 still waits. */
function withdrawnElsewhere(): string[] {
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    "/api/v1/review/standing?ids=7%2C8": {
      items: [
        { id: "7", version: 4, status: "draft" },
        { id: "8", version: 3, status: "submitted" },
      ],
    },
    "/api/v1/review/standing?ids=8": { items: [{ id: "8", version: 3, status: "submitted" }] },
    "/api/v1/disbursements/7": {
      version: 4,
      steps: [
        {
          ...{ action: "withdraw", at: "2026-11-20T02:00:00.000Z" },
          actor: { id: "c", nameZh: "李经办", nameEn: "Li" },
        },
      ],
    },
  };
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify(answers[path]));
  });
  return asked;
}

test("what is withdrawn elsewhere is told in its row, by one small question while the page is looked at", async () => {
  const asked = withdrawnElsewhere();
  const visible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  draw();
  await pass(LOOK_MS * 3);
  expect(asked, "nobody looks").toEqual([]);
  visible.mockReturnValue("visible");
  await pass(LOOK_MS);
  expect([stateOf("7"), stateOf("8")]).toEqual(["gone", "waits"]);
  fireEvent(window, new Event("focus"));
  fireEvent(window, new Event("focus"));
  await pass(0);
  expect(asked).toEqual(["/api/v1/review/standing?ids=7%2C8", "/api/v1/disbursements/7"]);
  await pass(LOOK_MS);
  expect(asked.slice(2)).toEqual(["/api/v1/review/standing?ids=8"]);
  expect(refreshed, "the page is not drawn anew").toEqual([]);
  visible.mockRestore();
});

test("a row that was withdrawn leaves once it has said so, and not from under the keyboard", async () => {
  withdrawnElsewhere();
  const visible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  draw();
  screen.getByRole("button", { name: "通过 7" }).focus();
  await pass(LOOK_MS);
  await pass(SAID_MS);
  expect(stateOf("7"), "the keyboard stands in it").toBe("gone");
  screen.getByRole("button", { name: "通过 8" }).focus();
  await pass(SAID_MS - 1);
  expect(stateOf("7")).toBe("gone");
  await pass(1);
  expect(screen.queryByLabelText("7")).toBeNull();
  expect(stateOf("8")).toBe("waits");
  visible.mockRestore();
});

test("a server that is gone is told before anybody presses, and one that is only slow is not", async () => {
  const visible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  const isSilent = () => screen.queryByRole("alert") !== null;
  let answer: () => Promise<Response> = () => new Promise(() => {});
  vi.stubGlobal("fetch", () => answer());
  draw();
  await pass(LOOK_MS);
  expect(isSilent(), "slow").toBe(false);
  cleanup();
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  draw();
  await pass(LOOK_MS * 2);
  expect(isSilent(), "gone").toBe(true);
  const items = ["7", "8"].map((id) => ({ id, version: 3, status: "submitted" }));
  answer = () => Promise.resolve(new Response(JSON.stringify({ items })));
  await pass(LOOK_MS);
  expect(isSilent(), "back").toBe(false);
  visible.mockRestore();
});
