// The outlines as the screen draws them: `npm run map`. Projected and simplified once, here, so that the browser has
// only to draw paths on a grid of whole numbers, in which neighbours have the very same border.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { geoConicEqualArea } from "d3-geo";
import { format } from "prettier";
import { merge, mesh, neighbors } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify } from "topojson-simplify";
import { areaOf, boxOf, cleaned, labelIn, pathOf } from "./rings.mjs";
import { outlines } from "./source.mjs";

/** @typedef {import("./source.mjs").Point} Point */
/** @typedef {import("topojson-specification").MultiPolygon<{ code: string }>} Area */
/** @typedef {import("topojson-specification").Topology<{ areas: import("topojson-specification").GeometryCollection<{ code: string }> }>} Areas */

export const FILE = "lib/kernel/county-shapes.json";

/** The source is of 2017: 湟中 has become a district since, and 同仁 a city. */
const RENAMED = new Map([
  ["630122", "630106"],
  ["632321", "632301"],
]);
/** What Haixi governed directly is one polygon there; today it is 茫崖市 and 大柴旦行委. */
const TOGETHER = new Map([["632825", ["632803", "632857"]]]);

/** Whole numbers from edge to edge. */
const WIDTH = 6000;
/** How large a triangle may be left out, of the square root of the smaller area beside it. */
const LEFT_OUT = 0.1;
/** What is smaller is no more than a dot. */
const SPECK = 90;

const projection = geoConicEqualArea().parallels([33, 38]).rotate([-96.3, 0]).scale(20_000);

/** @param {Point} point @returns {Point} */
function projected(point) {
  const at = projection(point);
  if (!at) throw new Error(`${point} is nowhere`);
  return [at[0], at[1]];
}

/** @param {import("topojson-specification").GeometryObject} area */
const codeOf = ({ properties }) => String(Object(properties).code);

/** In the plane, from the upper left corner, WIDTH wide. */
function planar() {
  const areas = outlines().map(({ code, polygons }) => ({
    code: RENAMED.get(code) ?? TOGETHER.get(code)?.[0] ?? code,
    polygons: polygons
      .map((rings) =>
        rings.map((ring) => cleaned(ring).map(projected)).filter((ring) => ring.length > 0),
      )
      .filter((rings) => rings.length > 0),
  }));
  areas.sort((a, b) => (a.code < b.code ? -1 : 1));
  const [left, top, right] = boxOf(areas.flatMap(({ polygons }) => polygons.flat(2)));
  const scale = WIDTH / (right - left);
  /** @type {(point: Point) => Point} */
  const placed = ([x, y]) => [(x - left) * scale, (y - top) * scale];
  return areas.map(({ code, polygons }) => ({
    code,
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(placed))),
  }));
}

/** Each border simplified as the smaller of its two sides can bear, then on the grid. */
function simplified() {
  const areas = planar();
  const sizes = areas.map(({ polygons }) =>
    polygons.reduce((sum, [outer = []]) => sum + Math.abs(areaOf(outer)), 0),
  );
  /** @type {import("geojson").FeatureCollection<import("geojson").MultiPolygon, { code: string }>} */
  const whole = {
    type: "FeatureCollection",
    features: areas.map(({ code, polygons }) => ({
      type: "Feature",
      properties: { code },
      geometry: { type: "MultiPolygon", coordinates: polygons },
    })),
  };
  const fine = /** @type {Areas} */ (topology({ areas: whole }));
  /** @type {number[]} */
  const smaller = [];
  fine.objects.areas.geometries.forEach((area, at) => {
    for (const arc of /** @type {Area} */ (area).arcs.flat(2)) {
      const index = arc < 0 ? ~arc : arc;
      smaller[index] = Math.min(smaller[index] ?? Infinity, sizes[at] ?? 0);
    }
  });
  const weighed = presimplify(fine);
  const arcs = weighed.arcs.map((arc, at) => {
    const least = LEFT_OUT * Math.sqrt(smaller[at] ?? 0);
    return (
      arc
        .filter(([, , weight]) => (weight ?? Infinity) >= least)
        .map(([x = 0, y = 0]) => [Math.round(x), Math.round(y)])
        // an arc keeps its two ends, even where the grid makes one of them
        .filter(
          ([x, y], i, all) =>
            i === all.length - 1 || x !== all[i - 1]?.[0] || y !== all[i - 1]?.[1],
        )
    );
  });
  /** @type {Areas} */
  const coarse = { type: "Topology", objects: weighed.objects, arcs };
  return coarse;
}

/** What several areas come to, or one of several parts that touch; what is no more than a dot is not drawn. @param {Areas} shapes @param {Area[]} areas */
function ringsOf(shapes, areas) {
  const { coordinates } = merge(shapes, /** @type {any} */ (areas));
  const rings = /** @type {Point[][]} */ (coordinates.flat());
  return rings.filter((ring) => Math.abs(areaOf(ring)) >= SPECK);
}

export async function shapesFile() {
  const shapes = simplified();
  const geometries = /** @type {Area[]} */ (shapes.objects.areas.geometries);
  const areas = geometries.map((area) => ({
    code: codeOf(area),
    rings: ringsOf(shapes, [area]),
  }));
  const beside = neighbors(geometries);
  const between = mesh(
    shapes,
    shapes.objects.areas,
    (a, b) => codeOf(a).slice(0, 4) !== codeOf(b).slice(0, 4),
  );
  const [, , right, bottom] = boxOf(areas.flatMap(({ rings }) => rings.flat()));
  const made = {
    width: right,
    height: bottom,
    prefectures: pathOf(/** @type {Point[][]} */ (between.coordinates)),
    edge: pathOf(ringsOf(shapes, geometries), "z"),
    areas: areas.map(({ code, rings }, at) => {
      const [largest = []] = [...rings].sort((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)));
      return {
        codes: [...TOGETHER.values()].find(([first]) => first === code) ?? [code],
        label: labelIn(largest),
        box: boxOf(rings.flat()),
        beside: (beside[at] ?? [])
          .filter((other) => other !== at)
          .map((other) => areas[other]?.code),
        path: pathOf(rings, "z"),
      };
    }),
  };
  return format(JSON.stringify(made), { parser: "json", printWidth: 100 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, await shapesFile());
