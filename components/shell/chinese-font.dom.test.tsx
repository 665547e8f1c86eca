import { render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChineseFont, hasChineseFont } from "./chinese-font";

const fetched = vi.hoisted(() => vi.fn());
vi.mock("@fontsource-variable/noto-sans-sc", () => {
  fetched();
  return {};
});

/** A machine's canvas: what a character looks like on it. */
let look: (character: string) => number;
let canvas: { mockRestore: () => void };
beforeEach(() => {
  let last = 0;
  const context = {
    font: "",
    fillText: (character: string) => (last = look(character)),
    getImageData: () => ({ data: new Uint8ClampedArray([last]) }),
  };
  canvas = vi
    .spyOn(HTMLCanvasElement.prototype, "getContext")
    .mockReturnValue(context as unknown as CanvasRenderingContext2D);
});
afterEach(() => canvas.mockRestore());

test("a machine with a Chinese font of its own, whatever its name, needs none", () => {
  look = (character) => character.charCodeAt(0) % 251;
  expect(hasChineseFont()).toBe(true);
  look = () => 7; // empty boxes
  expect(hasChineseFont()).toBe(false);
});

test("a machine that draws empty boxes is given one", async () => {
  look = () => 7;
  render(<ChineseFont />);
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled());
});
