import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enterMovesOn } from "./keyboard";

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <form onKeyDown={enterMovesOn}>
      <input aria-label="金额" />
      <input type="date" tabIndex={-1} aria-label="日历" />
      <input aria-label="备注" />
    </form>,
  );
  field("金额").focus();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const field = (name: string) => screen.getByLabelText(name);

test("Enter goes to the next field, past what only a button opens", () => {
  fireEvent.keyDown(field("金额"), { key: "Enter", keyCode: 13 });
  vi.runAllTimers();
  expect(document.activeElement).toBe(field("备注"));
});

test("the Enter that ends a composition stays, whichever sign the browser gives of it", () => {
  for (const sign of [{ keyCode: 229 }, { keyCode: 13, isComposing: true }]) {
    const taken = fireEvent.keyDown(field("金额"), { key: "Enter", ...sign });
    expect(taken).toBe(true);
  }
  vi.runAllTimers();
  expect(document.activeElement).toBe(field("金额"));
});
