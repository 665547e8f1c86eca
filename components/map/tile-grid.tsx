"use client";

import { useId } from "react";
import { COUNTY_TILES } from "@/lib/kernel/county-tiles";
import { AreaMark, type Choosing, type DrawnArea } from "./area-mark";
import { fillOf, Hatches, isDark, isHatched } from "./hatches";
import styles from "./map.module.css";
import { useWalk } from "./use-walk";
import type { Spot } from "./walk";

export type TileGridProps = {
  areas: readonly DrawnArea[];
  label: string;
  describedBy: string;
} & Omit<Choosing, "stop">;

const WIDE = 60;
const HIGH = 52;
const GAP = 2;

/** 茫崖、大柴旦 in two lines. */
const linesOf = (label: string) => label.split(/(?<=、)|, /);

/** The counties as tiles that lie as the counties do, and draw no border. */
export default function TileGrid({ areas, label, describedBy, chosen, choose }: TileGridProps) {
  const prefix = useId();
  const tiles = areas.flatMap((area) => {
    const place = COUNTY_TILES[area.key];
    return place ? [{ area, x: place[0] * WIDE, y: place[1] * HIGH }] : [];
  });
  const spots = tiles.map(({ area, x, y }): Spot => ({ key: area.key, x, y }));
  const { choosing, onKeyDown } = useWalk(spots, { chosen, choose });
  const [left, top] = [Math.min(...spots.map(({ x }) => x)), Math.min(...spots.map(({ y }) => y))];
  const width = Math.max(...spots.map(({ x }) => x)) - left + WIDE;
  const height = Math.max(...spots.map(({ y }) => y)) - top + HIGH;
  return (
    <div
      className={styles.plot}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
    >
      <svg viewBox={[left, top, width, height].join(" ")} className={styles.map}>
        <Hatches prefix={prefix} size={7} />
        {tiles.map(({ area, x, y }) => {
          const lines = linesOf(area.label);
          return (
            <AreaMark key={area.key} area={area} choosing={choosing}>
              <rect
                x={x + GAP}
                y={y + GAP}
                width={WIDE - 2 * GAP}
                height={HIGH - 2 * GAP}
                rx={3}
                className={styles.tile}
                data-chosen={area.key === chosen || undefined}
                style={{ fill: fillOf(area, prefix) }}
              />
              {lines.map((line, at) => (
                <text
                  key={line}
                  x={x + WIDE / 2}
                  y={y + HIGH / 2 + (at - (lines.length - 1) / 2) * 13}
                  className={styles.tileLabel}
                  data-dark={isDark(area) || undefined}
                  data-hatched={isHatched(area) || undefined}
                >
                  {line}
                </text>
              ))}
            </AreaMark>
          );
        })}
      </svg>
    </div>
  );
}
