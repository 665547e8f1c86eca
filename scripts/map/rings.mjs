/** @typedef {import("./source.mjs").Point} Point */

/** @param {Point | undefined} a @param {Point | undefined} b */
const same = (a, b) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Without points said twice and ways gone there and back, which no neighbour shares. @param {readonly Point[]} ring */
export function cleaned(ring) {
  let left = ring.slice(0, -1);
  for (let before = -1; before !== left.length;) {
    before = left.length;
    /** @type {Point[]} */
    const kept = [];
    for (const point of left) {
      if (same(kept.at(-1), point)) continue;
      if (same(kept.at(-2), point)) kept.pop();
      else kept.push(point);
    }
    while (kept.length > 2 && same(kept[0], kept.at(-1))) kept.pop();
    // so that a way back over the ring's beginning is found the next time round
    left = kept.length > 2 ? [...kept.slice(1), ...kept.slice(0, 1)] : [];
  }
  return left.length > 2 ? [...left, ...left.slice(0, 1)] : [];
}

/** @param {readonly Point[]} ring closed; positive = clockwise as seen, y growing downwards */
export function areaOf(ring) {
  return (
    ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [0, 0];
      return sum + x * nextY - nextX * y;
    }, 0) / 2
  );
}

/** @param {readonly Point[]} points @returns {[left: number, top: number, right: number, bottom: number]} */
export function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** As short as an SVG path can say it, from point to point. @param {readonly (readonly Point[])[]} lines @param {string} end */
export function pathOf(lines, end = "") {
  return lines
    .map((line) => {
      const [[x, y] = [0, 0], ...rest] = end === "" ? line : line.slice(0, -1);
      let from = [x, y];
      const steps = rest.flatMap((to) => {
        const step = [to[0] - (from[0] ?? 0), to[1] - (from[1] ?? 0)];
        from = to;
        return step.some((by) => by !== 0) ? [step.join(" ")] : [];
      });
      return `M${x} ${y}l${steps.join(" ").replaceAll(" -", "-")}${end}`;
    })
    .join("");
}

/** How much wider than high a name is. */
const WIDE = 2.4;

/** @param {Point} p @param {Point} a @param {Point} b */
function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}

/** How far from the edge; below zero outside. @param {Point} point @param {readonly Point[]} ring */
export function inside(point, ring) {
  const [x, y] = point;
  let [within, nearest] = [false, Infinity];
  ring.forEach((b, at) => {
    const a = ring[at - 1];
    if (!a) return;
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      within = !within;
    nearest = Math.min(nearest, distance(point, a, b));
  });
  return within ? nearest : -nearest;
}

/** Where a name has most room in a ring, and half its width. @param {readonly Point[]} ring @returns {[x: number, y: number, room: number]} */
export function labelIn(ring) {
  /** @type {Point[]} */
  const narrow = ring.map(([x, y]) => [x / WIDE, y]);
  let [left, top, right, bottom] = boxOf(narrow);
  /** @type {{ point: Point, room: number }} */
  let best = { point: [0, 0], room: -Infinity };
  const STEPS = 24;
  for (let round = 0; round < 4; round++) {
    const [stepX, stepY] = [(right - left) / STEPS, (bottom - top) / STEPS];
    for (let i = 0; i <= STEPS; i++)
      for (let j = 0; j <= STEPS; j++) {
        /** @type {Point} */
        const point = [left + i * stepX, top + j * stepY];
        const room = inside(point, narrow);
        if (room > best.room) best = { point, room };
      }
    const [x, y] = best.point;
    [left, top, right, bottom] = [x - stepX, y - stepY, x + stepX, y + stepY];
  }
  return [
    Math.round(best.point[0] * WIDE),
    Math.round(best.point[1]),
    Math.floor(best.room * WIDE),
  ];
}
