import { cleanup, render, screen } from "@testing-library/react";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import { afterEach, expect, test } from "vitest";
import { standingOf } from "@/lib/features/calendar/rules";
import { Screen } from "@/testing/screen";
import { OwedCard } from "./owed-card";

afterEach(cleanup);

const named = () => "爱心早餐";
const names = {
  ...{ organisation: named, programme: named, aidCategory: named },
  ...{ recipientKind: named, fundSource: named, campaign: named },
};
const ROUTER = {} as AppRouterInstance;

/** November, due on 10 December; December, due on 10 January. */
function shownOn(today: string, over = {}) {
  const months = [
    ["2026-11-01", "2026-11-30", "2026-12-10"],
    ["2026-12-01", "2026-12-31", "2027-01-10"],
  ].map(([periodFrom = "", periodTo = "", dueOn = ""]) =>
    standingOf(
      {
        ...{ organisation: "630104", programme: "love-breakfast", periodFrom, periodTo, dueOn },
        ...{ approved: 0, submitted: 0, returned: 0, draft: 0, covering: null },
        ...{ firstSentOn: null, yearOpen: true, nil: null, ...over },
      },
      today,
    ),
  );
  render(
    <AppRouterContext value={ROUTER}>
      <OwedCard owed={months} names={names} today={today} />
    </AppRouterContext>,
    { wrapper: Screen },
  );
  return screen.getAllByRole("listitem").map((line) => line.textContent);
}

test("in December what is left of the days is said of each month", () => {
  const [november, december] = shownOn("2026-12-10");
  expect(november).toContain("今天截止（2026年12月10日）");
  expect(december).toContain("2027年1月10日前报送，还有 31 天");
  expect(screen.getByRole("heading").textContent).toBe("待报 2 项");
});

test("in January last year's is late, by so many days, and is entered and declared all the same", () => {
  const [november, december] = shownOn("2027-01-08");
  expect(november).toContain("逾期未报");
  expect(november).toContain("应于2026年12月10日前报送，已逾期 29 天");
  expect(december).toContain("还有 2 天");
  expect(screen.getByRole("heading").textContent).toBe("待报 2 项，其中逾期 1 项");
  expect(screen.getAllByRole("link", { name: /^去录入/ })).toHaveLength(2);
  expect(screen.getAllByRole("button", { name: /^零申报/ })).toHaveLength(2);
});

test("what is begun goes on where it stands, and is not declared nil", () => {
  shownOn("2027-01-08", { draft: 1 });
  const [first] = screen.getAllByRole("link", { name: /^接着办/ });
  expect(first?.getAttribute("href")).toContain("/ledger?organisation=630104");
  expect(screen.queryByRole("button", { name: /^零申报/ })).toBeNull();
});
