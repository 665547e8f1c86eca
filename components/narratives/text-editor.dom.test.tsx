import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TextToken } from "@/lib/features/narrative-texts/types";
import { Screen } from "@/testing/screen";
import { TextEditor } from "./text-editor";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: vi.fn() }),
  usePathname: () => "/narrative",
}));

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const token = (text: string, measure: string): TextToken => ({
  ...{ text, value: text.replace(/\D/g, ""), unit: "records", seq: 7 },
  figure: `/figures?year=2026&org=630123&measures=${measure}`,
});
const bodyOf = (records: string) => ({
  title: "简报",
  paragraphs: [
    {
      head: null,
      pieces: ["登记", token(records, "records"), "，惠及", token("38户", "households"), "。另有", token("3笔", "unvalued"), "未计价。"], // prettier-ignore
    },
  ],
});

function opened({ seq, records } = { seq: 7, records: "12笔" }) {
  const asked = { year: 2026, org: "630123", length: "long" as const };
  render(
    <TextEditor
      asked={asked}
      lang="zh-CN"
      userId="u"
      source={null}
      latest={0}
      seq={seq}
      body={bodyOf(records)}
    />,
    { wrapper: Screen },
  );
}
const hosts = () => screen.getAllByRole("textbox", { name: "第 1 段的文字" });
const numbers = () =>
  screen.queryAllByRole("button", { name: /不能改/ }).map((button) => button.textContent);
const whole = () => document.querySelector("[data-text] p")?.textContent;

function types(host: HTMLElement | undefined, text: string) {
  if (!host) throw new Error("no such stretch");
  host.textContent = text;
  fireEvent.input(host);
}

test("what is typed stands around numbers that no stretch holds", () => {
  opened();
  types(hosts()[0], "全年登记");
  expect(whole()).toBe("全年登记12笔，惠及38户。另有3笔未计价。");
  for (const host of hosts()) expect(host.querySelector("button")).toBeNull();
  expect(numbers()).toEqual(["12笔", "38户", "3笔"]);
});

test("a number goes with its sentence after a question, and comes back", () => {
  opened();
  fireEvent.keyDown(screen.getByRole("button", { name: /12笔/ }), { key: "Backspace" });
  const dialog = within(screen.getByRole("dialog", { hidden: true }));
  expect(numbers()).toEqual(["12笔", "38户", "3笔"]);
  expect(dialog.getByText(/共有 2 个数字/)).toBeTruthy();
  fireEvent.click(dialog.getByText("删去这一句"));
  expect(whole()).toBe("另有3笔未计价。");
  fireEvent.click(screen.getByText("撤销"));
  expect(whole()).toBe("登记12笔，惠及38户。另有3笔未计价。");
});

test("a number typed by hand is pointed out", () => {
  opened();
  types(hosts()[2], "。惠及120户。另有");
  expect(screen.getByText("1 处数字不是台账里来的")).toBeTruthy();
  types(hosts()[2], "。另有");
  expect(screen.queryByText("1 处数字不是台账里来的")).toBeNull();
});

test("what was not saved is opened again, until it is discarded", () => {
  opened();
  types(hosts()[0], "今年登记");
  cleanup();
  opened();
  expect(whole()).toContain("今年登记12笔");
  fireEvent.click(screen.getByText("丢掉这些改动"));
  expect(whole()).toBe("登记12笔，惠及38户。另有3笔未计价。");
  cleanup();
  opened();
  expect(screen.queryByText("丢掉这些改动")).toBeNull();
});

test("what was not saved is opened again though others went on, with the numbers of now", () => {
  opened();
  types(hosts()[0], "今年登记");
  cleanup();
  opened({ seq: 9, records: "13笔" });
  expect(whole()).toBe("今年登记13笔，惠及38户。另有3笔未计价。");
});
