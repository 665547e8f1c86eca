import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SHIPPED } from "@/lib/features/layouts/labels";
import { CONDITIONS, type Layout } from "@/lib/features/layouts/types";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import type { LayoutChoices } from "./layout-choices";
import { LayoutEditor } from "./layout-editor";

const { push } = vi.hoisted(() => ({ push: vi.fn() }));
vi.mock("next/navigation", () => ({
  useRouter: () => ({ push, refresh: () => undefined }),
  usePathname: () => "/reports/layouts/new",
}));
vi.mock("@/components/shell/preferences", () => ({ usePreferences: () => ({ locale: "zh-CN" }) }));

const option = (value: string) => ({ value, label: `〈${value}〉` });
const choices: LayoutChoices = {
  axes: ["organisation", "programme", "form", "month", "fundSource"].map(option),
  measures: ["amountFen", "records", "persons"].map(option),
  conditions: Object.fromEntries(
    CONDITIONS.map((one) => [
      one,
      { name: `条件 ${one}`, options: ["a", "b", "cash"].map(option) },
    ]),
  ) as LayoutChoices["conditions"],
  apart: [],
};

let network: Network;
beforeEach(() => {
  network = new Network();
});
afterEach(() => {
  cleanup();
  push.mockClear();
  vi.unstubAllGlobals();
});

const open = (layout: Layout, kept: { id: string; version: number } | null = null) =>
  render(
    <Screen>
      <LayoutEditor layout={layout} choices={choices} kept={kept} back="/reports/layouts" />
    </Screen>,
  );
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const sentLayout = () => (network.sent.at(-1)?.body as { layout: Layout }).layout;
const saved = async () => {
  press("保存");
  await waitFor(() => expect(network.sent).toHaveLength(1));
  return sentLayout();
};

test.each(Object.entries(SHIPPED))(
  "%s, saved as one's own and again unchanged, is the same",
  async (_, layout) => {
    open(layout);
    expect(await saved()).toEqual(layout);
    cleanup();
    network = new Network();
    open(layout, { id: "7", version: 3 });
    expect(await saved()).toEqual(layout);
    expect(network.sent[0]).toMatchObject({ method: "PATCH", body: { version: 3 } });
  },
);

test("codes that no list has any more are shown, stay, and can be taken away", async () => {
  open({ ...SHIPPED["cool-summer"], filter: { aidCategory: ["gone", "a"], form: ["cash"] } });
  expect(screen.getByText("gone（列表里已没有）")).toBeTruthy();
  press("去掉“gone（列表里已没有）”（条件 aidCategory）");
  press("删去条件 form");
  expect((await saved()).filter).toEqual({ aidCategory: ["a"] });
});

test("a column is moved, and one who moved it can move it on; a condition is seasons or programmes", async () => {
  open(SHIPPED["golden-autumn"]);
  const add = screen.getByRole("button", { name: "添加条件" }).parentElement?.parentElement;
  if (!add) throw new Error("no menu");
  expect(within(add).queryByText("条件 programme")).toBeNull();
  press("上移第 2 组列第 3 列");
  await waitFor(() =>
    expect(document.activeElement?.getAttribute("aria-label")).toBe("上移第 2 组列第 2 列"),
  );
  const named = (await saved()).blocks[1]?.groups?.map(({ name }) => name.zh);
  expect(named).toEqual(["困难职工子女", "职工子女", "困难职工"]);
});

test("what is refused stands at its column, and nothing that was typed is gone", async () => {
  network = new Network({
    status: 400,
    code: "VALIDATION",
    fieldErrors: {
      "layout.blocks.1.groups.1": ["同一个值只能归入一列"],
      "layout.title.zh": ["请填写"],
    },
  });
  const layout = SHIPPED["golden-autumn"];
  open(layout);
  const name = screen.getByDisplayValue("困难职工子女");
  fireEvent.change(name, { target: { value: "学子" } });
  press("保存");
  const summary = await screen.findByRole("alert");
  expect(within(summary).getByText("第 2 组列第 2 列：同一个值只能归入一列")).toBeTruthy();
  const column = document.getElementById("layout-blocks.part-1.groups.part-1-1");
  expect(column?.textContent).toContain("同一个值只能归入一列");
  expect(screen.getByDisplayValue("学子")).toBeTruthy();
  expect(screen.getByLabelText("名称").getAttribute("aria-invalid")).toBe("true");
  press("删去第 2 组列第 2 列");
  expect(within(summary).queryByText(/同一个值只能归入一列/)).toBeNull();
  press("保存");
  await waitFor(() => expect(push).toHaveBeenCalled());
  expect(sentLayout().blocks[1]?.groups?.map((one) => one.name.zh)).toEqual(["学子", "职工子女"]);
});
