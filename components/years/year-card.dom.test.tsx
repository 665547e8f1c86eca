import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { YearView } from "@/lib/features/years/types";
import { Screen } from "@/testing/screen";
import { YearCard } from "./year-card";

afterEach(cleanup);

type Apart = NonNullable<YearView["frozen"]>["contributory"];
const none: Apart = { records: 0, amountFen: "0", unvalued: 0, withoutMoney: 0, reversals: 0 };

function closedWith(contributory: Apart): string | null | undefined {
  const view: YearView = {
    ...{ year: 2025, version: 2, status: "closed", closedAt: null, closedBy: null },
    ...{ snapshotSha256: null, waiting: null, correctionsUnderWay: null, later: null },
    ...{ closesFrom: null, reopenedUntil: null, actions: [] },
    frozen: {
      ...{ records: 9, unvalued: 0, amountFen: "100", receivedFen: null, balanceFen: null },
      contributory,
    },
  };
  render(<YearCard view={view} show={{ locale: "zh-CN", unit: "yuan" }} />, { wrapper: Screen });
  return screen.getByText("互助保障（不计入）").nextElementSibling?.textContent;
}

test.each<[string, Apart]>([
  ["0.00 元", none],
  ["未计价", { ...none, records: 2, unvalued: 2 }],
  ["80.00 元", { ...none, records: 2, unvalued: 1, amountFen: "8000" }],
])("beside what a closed year froze stands %s of mutual aid", (text, contributory) => {
  expect(closedWith(contributory)).toBe(text);
});
