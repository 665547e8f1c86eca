import { expect, test } from "vitest";
import { sumOf, testsIn } from "./counts.mjs";
import { otherNode } from "./other-node.mjs";
import { schedule } from "./schedule.mjs";
import { steps, stepsNamed } from "./steps.mjs";

/** A gate whose steps end when the test says so. @param {{ name: string, needs?: string[] }[]} wanted */
function gate(wanted, slots = 2) {
  /** @type {Map<string, (code: number) => void>} */
  const running = new Map();
  /** @type {string[]} */
  const story = [];
  const ended = schedule(wanted, {
    slots,
    stop: () => story.push("stop"),
    run: ({ name }) => {
      story.push(name);
      return new Promise((done) => running.set(name, done));
    },
  });
  return {
    story,
    ended,
    /** @param {string} name @param {number} [code] */
    async end(name, code = 0) {
      running.get(name)?.(code);
      running.delete(name);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return [...running.keys()];
    },
  };
}

test("two steps run side by side, each when what it needs is done", async () => {
  const { end, ended, story } = gate([
    { name: "generate" },
    { name: "types", needs: ["generate"] },
    { name: "lint", needs: ["generate"] },
    { name: "format", needs: ["generate"] },
    { name: "build", needs: ["types"] },
  ]);
  expect(story).toEqual(["generate"]);
  expect(await end("generate")).toEqual(["types", "lint"]);
  expect(await end("types")).toEqual(["lint", "format"]);
  expect(await end("format")).toEqual(["lint", "build"]);
  await end("lint");
  await end("build");
  expect(await ended).toBeUndefined();
  expect(story).not.toContain("stop");
});

test("the first failure stops the rest; what it stopped is not blamed", async () => {
  const { end, ended, story } = gate([{ name: "types" }, { name: "lint" }, { name: "format" }]);
  await end("lint", 2);
  await end("types", 1);
  expect((await ended)?.name).toBe("lint");
  expect(story).toEqual(["types", "lint", "stop"]);
});

test("a step that reads generated code has it made first, and one that reads none has not", () => {
  const named = (/** @type {string[]} */ ...names) => stepsNamed(names).map(({ name }) => name);
  expect(named("types")).toEqual(["generate", "types"]);
  expect(named("lint", "generate")).toEqual(["generate", "lint"]);
  expect(named("vocabulary")).toEqual(["vocabulary"]);
});

test("a step alone does not wait for steps that were not asked for", async () => {
  const { end, ended } = gate([{ name: "e2e", needs: ["build", "db"] }]);
  await end("e2e");
  expect(await ended).toBeUndefined();
});

test("steps that wait for each other are a fault, not a passed gate", async () => {
  const { ended } = gate([
    { name: "a", needs: ["b"] },
    { name: "b", needs: ["a"] },
  ]);
  await expect(ended).rejects.toThrow("nothing can start: a, b");
});

test("every need is a step of the gate", () => {
  const names = steps.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(steps.flatMap(({ needs = [] }) => needs).filter((need) => !names.includes(need))).toEqual(
    [],
  );
});

test("tests are counted from the runners' closing lines", () => {
  const vitest =
    "\u001b[2m      Tests \u001b[22m \u001b[31m1 failed\u001b[39m | 41 passed | 3 skipped (45)";
  const files = " Test Files  2 passed (2)\n";
  const playwright =
    "  ✓  1 [chromium] › 3 passed in the title\n\n  2 skipped\n  57 passed (8.2m)\n";
  expect(testsIn(files + vitest)).toEqual({ passed: 41, failed: 1, skipped: 3 });
  expect(testsIn(playwright)).toEqual({ passed: 57, failed: 0, skipped: 2 });
  expect(sumOf([testsIn(vitest), testsIn(playwright), testsIn("")])).toEqual({
    passed: 98,
    failed: 1,
    skipped: 5,
  });
});

test("the other Node is the other end of what is supported", () => {
  expect(otherNode("20.19.0")).toMatch(/^24\./);
  expect(otherNode("22.21.1")).toMatch(/^24\./);
  expect(otherNode("24.21.0")).toMatch(/^20\.19\./);
  expect(otherNode("26.10.0")).toMatch(/^20\.19\./);
});
