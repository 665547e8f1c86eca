import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { Screen } from "@/testing/screen";
import { StayOffline } from "./stay-offline";

const followed = vi.fn();
const line = vi.spyOn(navigator, "onLine", "get");

function draw(online: boolean) {
  line.mockReturnValue(online);
  render(
    <>
      <StayOffline />
      <a href="/ledger" onClick={followed}>
        台账
      </a>
      <a href="#part">本页</a>
      <a href="https://elsewhere.example/">别处</a>
    </>,
    { wrapper: Screen },
  );
}

/** Was the click left to the browser? */
function clicked(name: string): boolean {
  const link = screen.getByRole("link", { name });
  const click = createEvent.click(link);
  // jsdom follows no link; whoever else would be asked comes after this
  fireEvent(link, click);
  return !click.defaultPrevented;
}

afterAll(() => line.mockRestore());
afterEach(() => {
  cleanup();
  followed.mockReset();
});

test("without a line a click within the app stays, and says so", () => {
  draw(false);
  expect(clicked("台账")).toBe(false);
  expect(followed).not.toHaveBeenCalled();
  expect(screen.getByText(/网络已断开/)).toBeTruthy();
});

test("what stays on the page, or leads elsewhere, is nobody's business", () => {
  draw(false);
  expect([clicked("本页"), clicked("别处")]).toEqual([true, true]);
});

test("with a line a link is a link", () => {
  draw(true);
  clicked("台账");
  expect(followed).toHaveBeenCalledTimes(1);
  expect(screen.queryByText(/网络已断开/)).toBeNull();
});
