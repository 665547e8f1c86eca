import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OrganisationChoice, PageReference } from "@/lib/features/reference/types";
import { Screen } from "@/testing/screen";
import { OrganisationPicker } from "./organisation-picker";
import { organisationSource } from "./organisation-source";

const WORKSHOPS: OrganisationChoice[] = Array.from({ length: 300 }, (_, n) => ({
  code: `630123-G${n + 1}`,
  nameZh: `第${n + 1}车间工会`,
  nameEn: `Workshop ${n + 1}`,
  active: true,
  parent: { nameZh: "湟源县总工会", nameEn: "Huangyuan County Federation of Trade Unions" },
}));

/** What the server was asked, in order; `answer` is how it answers. */
const asked: URLSearchParams[] = [];
let answer: (query: URLSearchParams) => Promise<Response>;
const found = (query: URLSearchParams) =>
  Promise.resolve(
    new Response(
      JSON.stringify({
        items: WORKSHOPS.filter(({ nameZh }) => nameZh.includes(query.get("q") ?? "")).slice(0, 20),
      }),
    ),
  );

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = found;
  vi.stubGlobal("fetch", (path: string) => {
    const url = new URL(path, "http://localhost");
    expect(url.pathname).toBe("/api/v1/organisations");
    asked.push(url.searchParams);
    return answer(url.searchParams);
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const listed = WORKSHOPS.slice(0, 3).map(({ code, nameZh }) => ({ value: code, label: nameZh }));
const reference = (isListed: boolean) =>
  ({
    listed: isListed,
    organisations: [{ code: "630123", nameZh: "湟源县总工会", nameEn: "Huangyuan" }],
  }) as Pick<PageReference, "listed" | "organisations">;

function open(isListed: boolean, as: "select" | "combobox" = "combobox", name = "org") {
  const changes: string[] = [];
  const source = organisationSource(reference(isListed), {
    chosen: "630123",
    locale: "zh-CN",
    ask: { active: "true" },
    listed: () => listed,
  });
  const { container } = render(
    <Screen>
      <form>
        <label htmlFor="place">单位</label>
        <OrganisationPicker
          id="place"
          name={name}
          as={as}
          clearable
          source={source}
          defaultValue={isListed ? "630123-G1" : "630123"}
          onChange={(code) => changes.push(code)}
        />
      </form>
    </Screen>,
  );
  const form = container.querySelector("form") as HTMLFormElement;
  return { changes, sent: () => new FormData(form).getAll(name) };
}
const field = () => screen.getByRole("combobox", { name: "单位" }) as HTMLInputElement;
const options = () => screen.queryAllByRole("option").map((option) => option.textContent);
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
/** The pause after the last key is over, and what was asked has been answered. */
const settle = () =>
  act(async () => {
    await vi.runAllTimersAsync();
    await vi.dynamicImportSettled();
    await vi.runAllTimersAsync();
  });

test("a short list stands in the page: the server is not asked", async () => {
  const { sent } = open(true, "select");
  expect(field().tagName).toBe("SELECT");
  fireEvent.change(field(), { target: { value: "630123-G3" } });
  await settle();
  expect(sent()).toEqual(["630123-G3"]);
  expect(asked).toEqual([]);
});

test("of many, those are shown that the server finds for the words; what is chosen is its code", async () => {
  const { changes, sent } = open(false, "select");
  expect(field().value).toBe("湟源县总工会");
  expect(sent()).toEqual(["630123"]);
  type("第299");
  await settle();
  expect(asked.map((query) => query.get("q"))).toEqual(["第299"]);
  expect(asked[0]?.get("active")).toBe("true");
  expect(options()).toEqual(["第299车间工会湟源县总工会"]);
  fireEvent.keyDown(field(), { key: "Enter" });
  expect(field().value).toBe("第299车间工会");
  expect(sent()).toEqual(["630123-G299"]);
  expect(changes).toEqual(["630123-G299"]);
});

test("a word typed at speed is asked once", async () => {
  open(false);
  for (const text of ["第", "第2", "第29"]) type(text);
  await settle();
  expect(asked.map((query) => query.get("q"))).toEqual(["第29"]);
});

test("the arrows walk what was found, and Escape leaves it as it was", async () => {
  const { sent } = open(false);
  fireEvent.keyDown(field(), { key: "ArrowDown" });
  await settle();
  expect(options()).toHaveLength(20);
  fireEvent.keyDown(field(), { key: "ArrowDown" });
  fireEvent.keyDown(field(), { key: "ArrowDown" });
  const active = field().getAttribute("aria-activedescendant") ?? "";
  expect(document.getElementById(active)?.textContent).toContain("车间工会");
  fireEvent.keyDown(field(), { key: "Escape" });
  expect(field().value).toBe("湟源县总工会");
  expect(sent()).toEqual(["630123"]);
});

test("an answer to an earlier word is not shown for a later one", async () => {
  let late: (response: Response) => void = () => undefined;
  open(false);
  answer = () => new Promise((resolve) => (late = resolve));
  type("第299");
  await settle();
  const first = await found(new URLSearchParams({ q: "第299" }));
  answer = found;
  type("第7");
  await act(async () => late(first));
  expect(options()).toEqual([]);
  screen.getByText("正在查找…");
  await settle();
  expect(options()[0]).toContain("第7车间工会");
});

test("where the server does not answer, that is said and nothing is chosen", async () => {
  const { sent } = open(false);
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  type("第299");
  await settle();
  screen.getByText(/未能连上服务器/);
  fireEvent.blur(field());
  expect(sent()).toEqual(["630123"]);
});

test("a name that two bear is not taken by being typed: one of them has to be chosen", async () => {
  const { sent } = open(false);
  const twice = [WORKSHOPS[0], { ...WORKSHOPS[0], code: "632222-G1" }];
  answer = () => Promise.resolve(new Response(JSON.stringify({ items: twice })));
  type("第1车间工会");
  await settle();
  fireEvent.blur(field());
  expect(sent()).toEqual(["630123"]);
});

test("an emptied filter is no filter", async () => {
  const { sent } = open(false);
  type("");
  await settle();
  fireEvent.blur(field());
  expect(sent()).toEqual([""]);
});
