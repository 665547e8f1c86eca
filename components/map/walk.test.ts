import { expect, test } from "vitest";
import shapes from "@/lib/kernel/county-shapes.json";
import { COUNTY_TILES } from "@/lib/kernel/county-tiles";
import { nextSpot, type Spot } from "./walk";

const areas = shapes.areas.map(({ codes, label: [x = 0, y = 0], beside }): Spot => {
  return { key: codes[0] ?? "", x, y, beside };
});
const tiles = areas.map(({ key }): Spot => {
  const [x, y] = COUNTY_TILES[key] ?? [Number.NaN, Number.NaN];
  return { key, x, y };
});
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

test.each([
  ["the map", areas],
  ["the tiles", tiles],
])("from any area of %s the arrows lead to all of them", (_, spots) => {
  for (const { key } of spots) {
    const seen = new Set([key]);
    for (const from of seen)
      for (const arrow of ARROWS) {
        const next = nextSpot(spots, from, arrow);
        if (next !== null) seen.add(next);
      }
    expect(seen.size).toBe(44);
  }
});

test("an arrow goes to the neighbour that lies that way, and home to the first of the code", () => {
  expect(nextSpot(areas, "632222", "ArrowRight")).toBe("632221");
  expect(nextSpot(areas, "632801", "ArrowUp")).toBe("632803");
  expect(nextSpot(areas, "632803", "ArrowUp")).toBeNull();
  expect(nextSpot(areas, "632801", "Home")).toBe("630102");
  expect(nextSpot(areas, "632801", "Enter")).toBeNull();
});

test("every tile has a place of its own", () => {
  const places = new Set(tiles.map(({ x, y }) => `${x} ${y}`));
  expect(places.size).toBe(44);
  expect(shapes.areas.flatMap(({ codes }) => codes).sort()).toEqual(
    Object.keys(COUNTY_TILES).sort(),
  );
});
