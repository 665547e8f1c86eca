import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect } from "vitest";

// A component that is gone has nothing left to do: its timer would find no document, or another page's.
const pending = new Map<unknown, string>();
// who set it: below the error itself and the function here
const setBy = (stack = "") => stack.split("\n")[2] ?? "";
const isOurs = (line: string) =>
  /\/(components|lib)\//.test(line) && !/node_modules|\.test\./.test(line);
const { setTimeout: set, clearTimeout: clear } = globalThis;

beforeEach(() => {
  pending.clear();
  globalThis.setTimeout = ((run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
    const timer = set(() => {
      pending.delete(timer);
      run(...args);
    }, delay);
    pending.set(timer, `${delay} ms${setBy(new Error().stack)}`);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    pending.delete(timer);
    clear(timer);
  };
});

afterEach(() => {
  cleanup();
  globalThis.setTimeout = set;
  globalThis.clearTimeout = clear;
  const left = [...pending.values()].filter(isOurs);
  expect(left, "timers left behind").toEqual([]);
});
