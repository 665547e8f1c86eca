import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useVisit } from "./use-visit";

const router = vi.hoisted(() => ({ address: "/entry" }));
vi.mock("next/navigation", () => ({
  usePathname: () => router.address.split("?")[0],
  useSearchParams: () => new URLSearchParams(router.address.split("?")[1]),
}));

const reload = vi.fn();
beforeEach(() => {
  router.address = "/entry";
  reload.mockReset();
  vi.stubGlobal("location", {
    get pathname() {
      return router.address.split("?")[0];
    },
    reload,
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const opened = () => renderHook(() => useVisit(true));
type Opened = ReturnType<typeof opened>;
/** The form takes an address; the router hears of it afterwards. */
function takes({ result, rerender }: Opened, address: string): void {
  act(() => result.current.onAddress(address));
  router.address = address;
  rerender();
}
function goes({ rerender }: Opened, address: string): void {
  router.address = address;
  rerender();
}

test("a form that is typed into, saved, and typed into again is the same form", () => {
  const form = opened();
  for (const address of ["/entry?copy=a", "/entry/42", "/entry/42?copy=a", "/entry/42"])
    takes(form, address);
  expect(form.result.current.visit).toBe(0);
  expect(reload).not.toHaveBeenCalled();
});

test("whoever asks for a new one gets a new one, from a form with a copy or with a number", () => {
  const form = opened();
  takes(form, "/entry?copy=a");
  goes(form, "/entry");
  expect(form.result.current.visit).toBe(1);
  takes(form, "/entry/42");
  goes(form, "/entry");
  expect(form.result.current.visit).toBe(2);
  expect(reload).not.toHaveBeenCalled();
});

test("another copy is another form", () => {
  const form = opened();
  takes(form, "/entry?copy=a");
  goes(form, "/entry?copy=b");
  expect(form.result.current.visit).toBe(1);
});

test("back to a record that the form no longer holds loads that record", () => {
  const form = opened();
  takes(form, "/entry/42");
  goes(form, "/entry");
  goes(form, "/entry/42");
  expect(reload).toHaveBeenCalledTimes(1);
});
