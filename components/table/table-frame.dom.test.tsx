import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FigureTable } from "./figure-table";
import { Screen } from "@/testing/screen";

const pushed: string[] = [];
vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: (href: string) => pushed.push(href) }),
}));

const HREF = "/explain?year=2024&programme=warm-winter";
const columns = [
  { id: "name", header: "项目" },
  { id: "amount", header: "金额", align: "end" as const },
  { id: "file", header: "文件" },
];
const row = {
  key: "warm-winter",
  cells: [
    "冬送温暖",
    { value: "203.91", href: HREF, mark: "*" },
    { value: "csv", href: "/api/v1/exports/ledger?format=csv" },
  ],
};

beforeEach(() => {
  pushed.length = 0;
  render(<FigureTable caption="支出" columns={columns} rows={[row]} />, { wrapper: Screen });
});
afterEach(cleanup);

/** Whether the browser is left to do what it does with a link. */
function click(name: string, keys: MouseEventInit = {}): boolean {
  const link = screen.getByRole("link", { name });
  const event = createEvent.click(link, { bubbles: true, cancelable: true, ...keys });
  // a document of tests goes nowhere
  document.addEventListener("click", (seen) => seen.preventDefault(), { once: true });
  let left = true;
  link
    .closest("table")
    ?.parentElement?.parentElement?.addEventListener(
      "click",
      (seen) => (left = !seen.defaultPrevented),
      { once: true },
    );
  fireEvent(link, event);
  return left;
}

test("a figure is a plain link with its sign outside, which the frame follows in this window", () => {
  expect(screen.getByRole("link", { name: "203.91" }).getAttribute("href")).toBe(HREF);
  expect(screen.getByRole("link", { name: "203.91" }).parentElement?.textContent).toBe("203.91*");
  expect(click("203.91")).toBe(false);
  expect(pushed).toEqual([HREF]);
});

test.each([
  ["another tab", "203.91", { ctrlKey: true }],
  ["another tab on a Mac", "203.91", { metaKey: true }],
  ["another window", "203.91", { shiftKey: true }],
  ["the middle button", "203.91", { button: 1 }],
  ["a file", "csv", {}],
])("%s is left to the browser", (_, name, keys) => {
  expect(click(name, keys)).toBe(true);
  expect(pushed).toEqual([]);
});
