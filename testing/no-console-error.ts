import { afterEach, beforeEach, expect, vi } from "vitest";

// React and Node report real faults through console.error; a test that passes over one is not green.
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  const calls = vi.mocked(console.error).mock.calls.map((call) => call.join(" "));
  vi.mocked(console.error).mockRestore();
  expect(calls, "console.error was called").toEqual([]);
});
