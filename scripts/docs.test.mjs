// What the documentation names is there; and the two walks through what is there show its lines as they are.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./lib/project.mjs";

const OURS = ["app", "components", "lib", "prisma", "scripts", "docs", "e2e", "bench", "testing"];

/** @param {string} folder @returns {string[]} */
const under = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...under(path)] : [path];
  });
const there = OURS.flatMap((folder) => [folder, ...under(folder)]);
const pages = ["README.md", "CONTRIBUTING.md", ...there.filter((path) => path.endsWith(".md"))];
/** @param {string} path */
const textOf = (path) => readFileSync(join(root, path), "utf8");

/** Every path between backticks; one with a <placeholder> is none. @param {string} text */
const pathsIn = (text) =>
  [...text.matchAll(/`([a-z0-9]+\/[^`\s<>]*)`/g)]
    .map(([, path = ""]) => path.replace(/\/$/, ""))
    .filter((path) => OURS.includes(path.split("/")[0] ?? ""));

/** `*` stands for a part of a name, {a,b} for either. @param {string} path */
function filesOf(path) {
  const pattern = path
    .replace(/[.()[\]+?^$]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replace(/[{]([^{}]*)[}]/g, (_, either) => `(?:${either.replaceAll(",", "|")})`);
  return there.filter((file) => new RegExp(`^${pattern}$`).test(file));
}

test.each(pages)("%s names nothing that is not there", (page) => {
  expect(pathsIn(textOf(page)).filter((path) => filesOf(path).length === 0)).toEqual([]);
});

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ");

describe.each(["add-a-page", "add-a-command"])("%s", (walk) => {
  const steps = textOf(`docs/how-to/${walk}.md`).split(/^(?=\*\*\d)/m);
  const shown = steps.flatMap((step) => {
    const files = pathsIn(step)
      .flatMap(filesOf)
      .filter((file) => /\.\w+$/.test(file));
    const text = oneLine(files.map(textOf).join("\n"));
    return [...step.matchAll(/^```diff\n(.*?)^```/gms)].flatMap(([, diff = ""]) =>
      diff
        .split("\n")
        .map((line) => oneLine(line.slice(1)).trim())
        .filter((line) => line !== "" && !line.includes("…"))
        .map((line) => ({ line, text })),
    );
  });

  test("shows the files of each step as they are today", () => {
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter(({ line, text }) => !text.includes(line)).map(({ line }) => line)).toEqual(
      [],
    );
  });
});
