import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ImportView } from "@/lib/features/imports/schema";
import { Network } from "@/testing/network";
import { REFERENCE } from "@/testing/reference";
import { Screen } from "@/testing/screen";
import { ImportPanel } from "./import-panel";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => undefined }),
  usePathname: () => "/import/7",
}));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const COUNTS = { rows: 500, good: 300, bad: 0, known: 0, entered: 200, undone: 0, overruled: 0 };
const NOTHING = { sheets: [], headers: [], unknown: [], values: [], notes: [], groups: [], problems: [] }; // prettier-ignore
const VIEW: ImportView = {
  ...{ id: "7", status: "committing", organisation: "630123", programme: null, fileName: "八月.xlsx" }, // prettier-ignore
  ...{ createdAt: "2026-11-25T01:00:00.000Z", committedAt: null, undoneAt: null },
  createdBy: { id: "1", nameZh: "经办", nameEn: "Clerk" },
  ...COUNTS,
  ...NOTHING,
  ...{ mapping: null, mappingSource: null, refusal: null, progress: null, stopped: true },
  totals: { amountFen: null, counts: {} },
  touched: { count: 0, rows: [] },
  nextCursor: null,
};

test.each<[ImportView["status"], Partial<ImportView>, RegExp, string, string]>([
  ["reading", {}, /没有读完.*一行也没有存/, "再读一次", "mapping"],
  ["committing", {}, /没有存完.*200 行已存为草稿，都在/, "接着办理", "commit"],
  ["committed", { undone: 150, entered: 50 }, /没有撤销完.*150 行已撤销，50 行还没有/, "接着撤销", "undo"], // prettier-ignore
])(
  "a job that stopped while %s says what stands, and is taken up again",
  async (status, counts, words, button, verb) => {
    const network = new Network("lost");
    const view = { ...VIEW, ...counts, status };
    const { container } = render(<ImportPanel view={view} reference={{ ...REFERENCE, listed: true }} />, { wrapper: Screen }); // prettier-ignore
    expect(container.textContent).toMatch(words);
    fireEvent.click(screen.getByRole("button", { name: button }));
    await waitFor(() => expect(screen.getByText(/网络已断开/)).toBeTruthy());
    const asked = network.sent.filter(({ method }) => method !== "GET");
    expect(asked.map(({ path }) => path)).toEqual([`/api/v1/imports/7/${verb}`]);
  },
);

test.each<[ImportView["status"], string]>([
  ["reading", "正在读表，已完成 40%"],
  ["committing", "正在存为草稿，已完成 40%"],
  ["committed", "正在撤销，已完成 40%"],
])("while a job is at work on one that is %s the page says which work it is", (status, words) => {
  new Network("lost");
  render(<ImportPanel view={{ ...VIEW, status, progress: 40, stopped: false }} reference={{ ...REFERENCE, listed: true }} />, { wrapper: Screen }); // prettier-ignore
  expect(screen.getByText(words)).toBeTruthy();
});
