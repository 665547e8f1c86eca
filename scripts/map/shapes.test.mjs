import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { ORGANISATIONS } from "../../prisma/seed/data/organisations";
import { areaOf, boxOf, inside } from "./rings.mjs";
import { FILE, shapesFile } from "./shapes.mjs";
import { outlines } from "./source.mjs";

/** @typedef {import("./source.mjs").Point} Point */
/** @typedef {{ codes: string[], beside: string[], box: number[], label: number[], path: string }} Area */
/** @typedef {{ width: number, height: number, edge: string, areas: Area[] }} Shapes */

const text = readFileSync(FILE, "utf8");
/** @type {Shapes} */
const shapes = JSON.parse(text);

/** Ring by ring, read back from what the screen draws. @param {string} path */
function ringsOf(path) {
  return path
    .split("M")
    .slice(1)
    .map((ring) => {
      const [startX = 0, startY = 0, ...steps] = [...ring.matchAll(/-?\d+/g)].map(Number);
      /** @type {Point[]} */
      const points = [[startX, startY]];
      for (let at = 0; at < steps.length; at += 2) {
        const [x, y] = points.at(-1) ?? [0, 0];
        points.push([x + (steps[at] ?? 0), y + (steps[at + 1] ?? 0)]);
      }
      return points;
    });
}
/** A ring within another of the same area is a hole in it. @param {string} path */
function sizeOf(path) {
  const rings = ringsOf(path);
  return rings.reduce((sum, ring) => {
    const isHole = rings.some(
      (other) => other !== ring && ring.some((point) => inside(point, other) > 0),
    );
    return sum + (isHole ? -1 : 1) * Math.abs(areaOf(ring));
  }, 0);
}

/** @type {string} */
let made;
beforeAll(async () => {
  made = await shapesFile();
});

test("the shapes are made of the outlines; npm run map brings them up to date", () => {
  expect(text).toBe(made);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
});

test("every county stands in one of 44 areas, two of them in the one that the source has for both", () => {
  const counties = ORGANISATIONS.filter(({ kind }) => kind === "COUNTY").map(({ code }) => code);
  expect(shapes.areas).toHaveLength(44);
  expect(shapes.areas.flatMap(({ codes }) => codes).sort()).toEqual(counties.sort());
  expect(shapes.areas.filter(({ codes }) => codes.length > 1).map(({ codes }) => codes)).toEqual([
    ["632803", "632857"],
  ]);
});

test("neighbours know each other, and each area has one", () => {
  for (const { codes, beside } of shapes.areas) {
    expect(beside.length).toBeGreaterThan(0);
    for (const other of beside)
      expect(shapes.areas.find((area) => area.codes[0] === other)?.beside).toContain(codes[0]);
  }
});

test("every area has its place, its size and its label, and none paints the sphere", () => {
  const degrees = outlines().map(({ polygons }) =>
    polygons.reduce((sum, [outer = []]) => {
      const [, south = 0] = outer[0] ?? [];
      return sum + Math.abs(areaOf(outer)) * Math.cos((south * Math.PI) / 180);
    }, 0),
  );
  const [all, whole] = [degrees.reduce((a, b) => a + b), sizeOf(shapes.edge)];
  const sizes = shapes.areas.map(({ path }) => sizeOf(path) / whole).sort((a, b) => a - b);
  degrees.sort((a, b) => a - b);
  for (const [at, { box, label, path }] of shapes.areas.entries()) {
    expect((sizes[at] ?? 0) / ((degrees[at] ?? 0) / all)).toBeCloseTo(1, 1);
    expect(boxOf(ringsOf(path).flat())).toEqual(box);
    const [left = 0, top = 0, right = 0, bottom = 0] = box;
    expect([left >= 0, top >= 0, right <= shapes.width, bottom <= shapes.height]).not.toContain(
      false,
    );
    const [x = 0, y = 0, room = 0] = label;
    expect([x > left, x < right, y > top, y < bottom, room > 0]).not.toContain(false);
  }
});

test("neighbours have the very same border: together the areas are the whole", () => {
  const sum = shapes.areas.reduce((all, { path }) => all + sizeOf(path), 0);
  expect(sum).toBe(sizeOf(shapes.edge));
});
