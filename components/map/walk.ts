/** A place to go to by the arrow keys; `beside`: what touches it. */
export type Spot = { key: string; x: number; y: number; beside?: readonly string[] | undefined };

const WAYS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
} as const satisfies Record<string, readonly [number, number]>;
type Way = keyof typeof WAYS;

const isWay = (key: string): key is Way => key in WAYS;

/** How much nearer a neighbour counts than what lies behind it. */
const NEIGHBOUR = 0.6;

/** The nearest that way, and those that touch before others; Home and End are the first and the last; null = no such way. */
export function nextSpot(spots: readonly Spot[], from: string, key: string): string | null {
  if (key === "Home") return spots[0]?.key ?? null;
  if (key === "End") return spots.at(-1)?.key ?? null;
  const here = spots.find((spot) => spot.key === from);
  if (!here || !isWay(key)) return null;
  const [wayX, wayY] = WAYS[key];
  const reached = spots.flatMap((spot) => {
    const [dx, dy] = [spot.x - here.x, spot.y - here.y];
    const ahead = dx * wayX + dy * wayY;
    const aside = Math.abs(dx * wayY) + Math.abs(dy * wayX);
    // within 60° of the way, better within 45°
    if (spot === here || ahead <= 0 || aside > 1.73 * ahead) return [];
    const touches = here.beside?.includes(spot.key) ? NEIGHBOUR : 1;
    return [{ key: spot.key, cost: (ahead + 1.5 * aside) * touches * (aside > ahead ? 2 : 1) }];
  });
  const [nearest] = reached.sort((a, b) => a.cost - b.cost);
  return nearest?.key ?? null;
}
