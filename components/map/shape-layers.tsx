import shapes from "@/lib/kernel/county-shapes.json";
import { fillOf, isDark, isHatched, type Look } from "./hatches";
import styles from "./map.module.css";

type Shape = (typeof shapes.areas)[number];
/** What an outline is painted with, and what stands on it where there is room. */
export type Outlined = Look & { key: string; label: string };
export type Drawn<Area extends Outlined = Outlined> = { area: Area; shape: Shape };
type Box = { x: number; y: number; width: number; height: number };

/** What is drawn once more beside the map, large: areas too small on it. */
export type Inset = { keys: readonly string[]; title: string };

/** In pixels of a desk, as the style sheet lays them out. */
const ROOM = { width: 700, height: 480 };
const INSET = { width: 168, height: 150 };
const TEXT = 12;

function boxOf(drawn: readonly Drawn[], margin: number): Box {
  const boxes = drawn.map(({ shape }) => shape.box);
  const least = (at: number) => Math.min(...boxes.map((box) => box[at] ?? 0));
  const most = (at: number) => Math.max(...boxes.map((box) => box[at] ?? 0));
  const [left, top, right, bottom] = [least(0), least(1), most(2), most(3)];
  const by = margin * Math.max(right - left, bottom - top);
  return { x: left - by, y: top - by, width: right - left + 2 * by, height: bottom - top + 2 * by };
}

/** How much of the grid is a pixel. */
const pixelIn = (box: Box, room: typeof ROOM) =>
  Math.max(box.width / room.width, box.height / room.height);

/** Chinese characters are as wide as high, Latin ones half. */
const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 1 : 0.54), 0);

/** Whether a name has room on its area; on a phone it is twice as large. */
function fits({ area, shape }: Drawn, pixel: number): "phone" | "desk" | "none" {
  const half = (widthOf(area.label) * TEXT * pixel) / 2;
  const room = shape.label[2] ?? 0;
  return room >= 2 * half ? "phone" : room >= 0.94 * half ? "desk" : "none";
}

export function Labels({ drawn, pixel }: { drawn: readonly Drawn[]; pixel: number }) {
  return (
    <g className={styles.labels} aria-hidden>
      {drawn.map(({ area, shape }) => {
        const room = fits({ area, shape }, pixel);
        const zero = area.sign === "zero";
        if (room === "none" && !zero) return null;
        return (
          <text
            key={area.key}
            x={shape.label[0]}
            y={shape.label[1]}
            data-room={room}
            data-dark={isDark(area) || undefined}
            data-hatched={isHatched(area) || undefined}
            style={{ "--text": `${TEXT * pixel}px` } as React.CSSProperties}
          >
            {room === "none" ? "0" : zero ? `${area.label} 0` : area.label}
          </text>
        );
      })}
    </g>
  );
}

export type LayerProps<Area extends Outlined = Outlined> = {
  drawn: readonly Drawn<Area>[];
  prefix: string;
  pixel: number;
};

/** The areas as they are painted. */
export function Painted({ drawn, prefix, pixel }: LayerProps) {
  return drawn.map(({ area, shape }) => (
    <path
      key={area.key}
      d={shape.path}
      className={styles.shape}
      style={{ fill: fillOf(area, prefix), strokeWidth: pixel }}
    />
  ));
}

/** The prefectures and the edge of the province, where the whole of it is drawn. */
export function Edges({ drawn, pixel }: Omit<LayerProps, "prefix">) {
  if (drawn.length < shapes.areas.length) return null;
  return (
    <>
      <path d={shapes.prefectures} className={styles.border} style={{ strokeWidth: 1.2 * pixel }} />
      <path d={shapes.edge} className={styles.edge} style={{ strokeWidth: 1.4 * pixel }} />
    </>
  );
}

/** The counties of each outline there is. */
export const OUTLINES: readonly (readonly string[])[] = shapes.areas.map(({ codes }) => codes);

/** Each area with its outline; one without is not drawn. */
export const outlined = <Area extends Outlined>(areas: readonly Area[]): Drawn<Area>[] =>
  areas.flatMap((area) => {
    const shape = shapes.areas.find(({ codes }) => codes.includes(area.key));
    return shape ? [{ area, shape }] : [];
  });

/** The whole, and what of it is drawn once more beside it, large. */
export function layoutOf<Area extends Outlined>(
  drawn: readonly Drawn<Area>[],
  inset: Inset | undefined,
) {
  const small = drawn.filter(({ area }) => inset?.keys.includes(area.key));
  const large = drawn.filter((one) => !small.includes(one));
  const around = boxOf(drawn, 0.01);
  const near = small.length > 0 ? boxOf(small, 0.08) : null;
  return {
    ...{ small, large, around, near },
    pixel: pixelIn(around, ROOM),
    nearPixel: near ? pixelIn(near, INSET) : 1,
  };
}

export const viewBox = ({ x, y, width, height }: Box) =>
  [x, y, width, height].map(Math.round).join(" ");
