import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PreferencesProvider } from "@/components/shell/preferences";
import { ALL, type PublicCell, type Published } from "@/lib/features/publications/types";
import { defaultPreferences } from "@/lib/kernel/preferences";
import { Screen } from "@/testing/screen";
import { PublicPage } from "./public-page";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));
afterEach(cleanup);

const COUNTIES = {
  "632221": "门源县",
  "632222": "祁连县",
  "632223": "海晏县",
  "632803": "茫崖市",
  "632857": "大柴旦行委",
} as const;
type County = keyof typeof COUNTIES;

const uncounted = { households: null, persons: null, personTimes: null, packs: null };
const shown = (line: string, amountFen: string | null): PublicCell => ({
  ...{ line, programme: ALL, hidden: false, amountFen, unpriced: amountFen === null },
  ...uncounted,
});

/** What the program would never write, as if a hidden cell had kept its number. */
const hidden = (line: string): PublicCell =>
  ({ ...shown(line, "77777700"), hidden: true }) as PublicCell;

function published(cells: PublicCell[]): Published {
  const counties = Object.keys(COUNTIES) as County[];
  return {
    ...{ year: 2024, no: 1, at: "2025-01-10T00:00:00.000Z", seq: 9, sha256: "a".repeat(64) },
    table: {
      ...{ format: 1, year: 2024, definition: 1, licence: "CC BY 4.0", contact: null },
      lines: counties.map((code) => ({
        ...{ line: code, kind: "county", prefecture: null, code },
        ...{ nameZh: COUNTIES[code], nameEn: `${code} County` },
      })),
      ...{ programmes: [], cells },
    },
  };
}

const page = (cells: PublicCell[], review?: string) =>
  render(
    <PreferencesProvider initial={{ ...defaultPreferences, locale: "zh-CN", unit: "yuan" }}>
      <PublicPage
        {...{ published: published(cells), years: [2024], review }}
        show={{ locale: "zh-CN", unit: "yuan" }}
      />
    </PreferencesProvider>,
    { wrapper: Screen },
  );
const saidOf = (root: Element, key: string) =>
  root.querySelector(`[data-area="${key}"] title`)?.textContent;
const signOf = (root: Element, key: string) =>
  root.querySelector(`[data-area="${key}"]`)?.getAttribute("data-sign");

const CELLS = [shown("632221", "1234500"), hidden("632222"), shown("632803", "500000")];
const NUMBER = "青S（2024）012号";

test("without a review number the counties stand as tiles, and no outline is drawn", () => {
  const { container } = page(CELLS);
  expect(screen.getByRole("img", { name: /示意格/ })).toBeTruthy();
  expect(container.querySelector("[data-area]")).toBeNull();
  expect(screen.queryByText(/审图号/)).toBeNull();
});

test("under a review number the counties stand in their outlines, and the number below them", () => {
  const { container } = page(CELLS, NUMBER);
  expect(screen.getByRole("img", { name: /地图/ })).toBeTruthy();
  expect(screen.getByText(new RegExp(`审图号：${NUMBER}`))).toBeTruthy();
  expect(saidOf(container, "632221")).toBe("门源县 12,345.00");
  expect(signOf(container, "632221")).toBe("class");
  expect(signOf(container, "632223")).toBe("nothing");
  expect(saidOf(container, "632223")).toBe("海晏县 —");
});

test("what is hidden is hatched and says so; its number is nowhere in what is drawn", () => {
  const { container } = page(CELLS, NUMBER);
  expect(signOf(container, "632222")).toBe("hidden");
  expect(saidOf(container, "632222")).toBe("祁连县 隐");
  const path = container.querySelector('[data-area="632222"] path');
  expect(path?.getAttribute("style")).toMatch(/url\(.*hidden/);
  const legend = within(container).getByText(/不公布（1）/);
  expect(legend).toBeTruthy();
  expect(container.innerHTML).not.toMatch(/777,?777|77777700/);
});

test("two counties in one outline are hidden as soon as one of them is", () => {
  const both = page([shown("632803", "500000"), shown("632857", "300000")], NUMBER).container;
  expect(saidOf(both, "632803")).toBe("茫崖市 5,000.00；大柴旦行委 3,000.00");
  expect(signOf(both, "632803")).toBe("class");
  cleanup();
  const one = page([shown("632803", "500000"), hidden("632857")], NUMBER).container;
  expect(saidOf(one, "632803")).toBe("茫崖市 5,000.00；大柴旦行委 隐");
  expect(signOf(one, "632803")).toBe("hidden");
});
