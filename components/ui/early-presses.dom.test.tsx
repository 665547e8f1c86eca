import { act, render } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { hydrateRoot } from "react-dom/client";
import { beforeAll, expect, test, vi } from "vitest";
import { HELD_BACK, nonceOf } from "@/lib/browser/early-presses";
import { Button } from "./button";

const sent = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
const pressed = vi.fn();

function Page() {
  return (
    <main>
      <Button onClick={pressed}>导入</Button>
      <form onSubmit={sent}>
        <Button type="submit">查找</Button>
      </form>
    </main>
  );
}

beforeAll(() => {
  // as the page's own script
  new Function(HELD_BACK)();
});

test("what was pressed before the page listened is pressed once when it does", async () => {
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = renderToString(<Page />);
  const button = place.querySelector<HTMLElement>("button[type=button]");
  button?.click();
  button?.click();
  const form = place.querySelector("form");
  const submit = new Event("submit", { bubbles: true, cancelable: true });
  form?.dispatchEvent(submit);
  expect(submit.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(globalThis.nzEarlyPresses).toHaveLength(3));
  expect(pressed).not.toHaveBeenCalled();
  const root = await act(() => Promise.resolve(hydrateRoot(place, <Page />)));
  await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
  expect(pressed).toHaveBeenCalledTimes(1);
  act(() => root.unmount());
});

test("what the page hears by itself is not pressed again", async () => {
  pressed.mockReset();
  const { getByText } = render(<Page />);
  getByText("导入").click();
  await new Promise((over) => setTimeout(over));
  expect(pressed).toHaveBeenCalledTimes(1);
  // a form hides in this document what React marks it with
  expect(globalThis.nzEarlyPresses?.filter((one) => one instanceof HTMLButtonElement)).toEqual([]);
});

test("the script carries the nonce of its page's policy", () => {
  expect(nonceOf("script-src 'self' 'nonce-abc' 'strict-dynamic'")).toBe("abc");
  expect(nonceOf(null)).toBeUndefined();
});
