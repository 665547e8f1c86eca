import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { nothing } from "@/lib/features/changes/rules";
import type { FrozenView, PageViews } from "@/lib/features/frozen/types";
import type { Reference } from "@/lib/features/reference/types";
import { Screen } from "@/testing/screen";
import { FrozenCard } from "./frozen-card";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));
afterEach(cleanup);

const reference = {
  ...{ organisations: [], aidCategories: [], recipientKinds: [], fundSources: [], campaigns: [] },
  programmes: [
    { code: "warmth", nameZh: "送温暖", nameEn: "Warmth" },
    { code: "cool", nameZh: "送清凉", nameEn: "Cool" },
  ],
} as unknown as Reference;

const sums = (amountFen: string, records: number) => ({ ...nothing(), amountFen, records });
const province = { code: "630000", nameZh: "青海省总工会", nameEn: "Qinghai" };
const county = { code: "630123", nameZh: "湟源县总工会", nameEn: "Huangyuan" };
const stood = (seq: number, day: string) => ({ seq, asOf: `2026-${day}T01:12:00.000Z` });

const whole: FrozenView = {
  ...{ no: 2, ...stood(101, "01-10"), definition: 1, frozenAt: "2026-01-10T01:12:00.000Z" },
  ...{ by: { nameZh: "某人", nameEn: "Somebody" }, place: province, shown: province },
  ...{ query: "year=2026&org=630000", sha256: "ab".repeat(32), check: "holds" },
  versions: [2, 1].map((no) => ({ no, ...stood(no, "01-10"), frozenAt: "" })),
  ...{ then: sums("10000000", 3), now: sums("13200000", 5) },
  axes: [
    {
      axis: "programme",
      rows: [
        { code: "cool", then: sums("4000000", 2), now: sums("4000000", 2) },
        { code: "warmth", then: sums("6000000", 1), now: sums("9200000", 3) },
      ],
    },
  ],
  changes: {
    ...{ since: stood(101, "01-10"), until: stood(120, "11-26"), sum: sums("3200000", 2) },
    counts: { approved: 2, corrected: 1, received: 0, takenBack: 0 },
  },
  filter: { year: 2026, org: "630000" },
};

function shown(over: Partial<FrozenView> = {}): string {
  const view = { id: "7", page: "dashboard", query: "", name: "全省" };
  const saved = {
    ...{ page: "dashboard", views: [], query: "", opened: { id: "7", view } },
    frozen: { ...whole, ...over },
  } as unknown as PageViews;
  render(
    <FrozenCard saved={saved} reference={reference} show={{ locale: "zh-CN", unit: "wan" }} />,
    { wrapper: Screen },
  );
  return document.body.textContent;
}

const hrefOf = (name: string | RegExp) =>
  screen.getByRole("link", { name }).getAttribute("href") ?? "";

test("what was frozen stands beside what it is now, and one sentence says what moved", () => {
  const text = shown();
  expect(text).toContain("比1月10日多 3.20 万元：2 笔新审核、1 笔更正。");
  expect(text).toContain("分毫不差");
  expect(hrefOf("看变动")).toBe("/changes?year=2026&org=630000&since=101");
  expect(hrefOf(/^10\.00/)).toBe("/explain?year=2026&org=630000&seq=101");
  expect(hrefOf("第 1 版（2026-01-10 09:12）")).toContain("view=7&frozen=1");
});

test("the lines that moved come first, each opening its vouchers of then and of now", () => {
  shown();
  const [, first] = screen.getAllByRole("row");
  expect(first?.textContent).toBe("送温暖6.009.20+3.20");
  expect(hrefOf("6.00")).toBe("/explain?year=2026&org=630000&programme=warmth&seq=101");
  expect(hrefOf("9.20")).toBe("/explain?year=2026&org=630000&programme=warmth");
});

test("whoever reads a part is told that it is a part, and sees no digest", () => {
  const text = shown({ shown: county, sha256: null, check: null });
  expect(text).toContain("您看到的是其中湟源县的部分");
  expect(text).not.toMatch(/SHA-256|分毫不差/);
});

test("whoever reads none of it is told whose figures they are", () => {
  const none = { shown: null, sha256: null, check: null, then: null, now: null, axes: [] };
  const text = shown({ ...none, changes: null, filter: null });
  expect(text).toContain("不在您的权限之内");
  expect(text).not.toMatch(/\d\.\d\d/);
});

test("figures that are not what their digest or their vouchers say are named an alarm", () => {
  expect(shown({ check: "otherwise" })).toContain("请勿据此报送");
});
