import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Screen } from "@/testing/screen";
import { useLeavingAsks } from "./use-leaving-asks";

const followed = vi.fn();

function Page({ unsaved }: { unsaved: boolean }) {
  useLeavingAsks(unsaved);
  return (
    <a
      href="/ledger?year=2024"
      onClick={(event) => {
        event.preventDefault();
        followed();
      }}
    >
      <span>台账</span>
    </a>
  );
}

const show = (unsaved: boolean) =>
  render(
    <Screen>
      <Page unsaved={unsaved} />
    </Screen>,
  );

function answer(leave: boolean) {
  const confirm = vi.fn(() => leave);
  vi.stubGlobal("confirm", confirm);
  return confirm;
}

beforeEach(() => followed.mockReset());
afterEach(() => vi.unstubAllGlobals());

test("a link of the program asks before what is not saved is gone", () => {
  const confirm = answer(false);
  const { rerender } = show(true);
  fireEvent.click(screen.getByText("台账"));
  expect(confirm).toHaveBeenCalledOnce();
  expect(followed).not.toHaveBeenCalled();
  answer(true);
  fireEvent.click(screen.getByText("台账"));
  expect(followed).toHaveBeenCalledOnce();
  const unasked = answer(false);
  rerender(
    <Screen>
      <Page unsaved={false} />
    </Screen>,
  );
  fireEvent.click(screen.getByText("台账"));
  expect(unasked).not.toHaveBeenCalled();
  expect(followed).toHaveBeenCalledTimes(2);
});

test("a link that opens elsewhere does not ask", () => {
  const confirm = answer(false);
  show(true);
  fireEvent.click(screen.getByText("台账"), { ctrlKey: true });
  expect(confirm).not.toHaveBeenCalled();
  expect(followed).toHaveBeenCalledOnce();
});

test("the tab asks before it closes", () => {
  const closing = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const { unmount } = show(true);
  expect(closing()).toBe(true);
  unmount();
  expect(closing()).toBe(false);
});
