import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { later } from "./later";

afterEach(cleanup);

test("a part is fetched once somebody is at work in the page, and then drawn at once", async () => {
  const load = vi.fn(() => Promise.resolve(() => <p>part</p>));
  const Part = later(load);
  expect(load).not.toHaveBeenCalled();
  fireEvent.pointerDown(document.body);
  await Promise.all(load.mock.results.map(({ value }) => value as Promise<unknown>));
  render(<Part />);
  expect(screen.getByText("part")).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

test("one that is asked for before it came is drawn when it comes", async () => {
  const Part = later(() => Promise.resolve(() => <p>other</p>));
  render(<Part />);
  expect(await screen.findByText("other")).toBeTruthy();
});
