import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Reference } from "@/lib/features/reference/types";
import { namesOf } from "@/lib/features/reference/present";
import { Screen } from "@/testing/screen";
import { EntryContext, type EntryFields } from "./entry-context";
import { readEntry } from "@/lib/features/entry/rules";
import { emptyEntry } from "@/lib/features/entry/present";
import { WhenSection } from "./when-section";

afterEach(cleanup);

const today = "2026-11-20";
const reference: Reference = {
  ...{ organisations: [], programmes: [], aidCategories: [], recipientKinds: [] },
  ...{ fundSources: [], campaigns: [] },
  years: [
    { year: 2023, status: "closed" },
    { year: 2026, status: "open" },
  ],
};

function show(paidOn: string, postsOn: string | null) {
  const values = { ...emptyEntry("630123"), paidOn };
  const fields: EntryFields = {
    ...{ values, change: () => {}, reference, today, postsOn, locale: "zh-CN" },
    reading: readEntry(values, { today, openYears: null }),
    errorOf: () => undefined,
    names: namesOf(reference, "zh-CN"),
    ...{ programme: undefined, offeredDay: false, checked: null },
    ...{ organisations: [], elsewhere: false },
  };
  render(
    <EntryContext value={fields}>
      <WhenSection />
    </EntryContext>,
    { wrapper: Screen },
  );
}

test("a correction of a closed year says in which year it will count", () => {
  show("2023-05-06", today);
  expect(screen.getByText(/计入/).textContent).toBe(
    "2023 年度已封账：补记的这一笔记在 2026年11月20日，计入 2026 年度",
  );
});

test("one that is dated into an open year counts there", () => {
  show("2026-05-06", today);
  expect(screen.getByText(/计入/).textContent).toBe("计入 2026 年度");
});
