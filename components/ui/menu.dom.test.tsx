import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Menu, MenuItem } from "./menu";

afterEach(cleanup);

function openMenu() {
  const choose = vi.fn();
  render(
    <>
      <Menu label="更多">
        <MenuItem onSelect={() => choose("void")}>作废</MenuItem>
        <MenuItem onSelect={() => choose("correct")}>更正</MenuItem>
      </Menu>
      <button type="button">别处</button>
    </>,
  );
  const button = screen.getByRole("button", { name: "更多" });
  fireEvent.click(button);
  return { button, choose };
}

const isOpen = (button: HTMLElement) => button.getAttribute("aria-expanded") === "true";

test("a choice is made once and closes the menu", () => {
  const { button, choose } = openMenu();
  expect(isOpen(button)).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "更正" }));
  expect(choose.mock.calls).toEqual([["correct"]]);
  expect(isOpen(button)).toBe(false);
  expect(screen.queryByRole("button", { name: "更正" })).toBeNull();
});

test("Escape closes it and gives the focus back to its button", () => {
  const { button } = openMenu();
  const item = screen.getByRole("button", { name: "作废" });
  item.focus();
  fireEvent.keyDown(item, { key: "Escape" });
  expect(isOpen(button)).toBe(false);
  expect(document.activeElement).toBe(button);
});

test("focus that goes elsewhere closes it", () => {
  const { button } = openMenu();
  fireEvent.focusIn(screen.getByRole("button", { name: "别处" }));
  expect(isOpen(button)).toBe(false);
});
