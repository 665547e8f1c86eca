"use client";

import { useId } from "react";
import shapes from "@/lib/kernel/county-shapes.json";
import { AreaMark, type DrawnArea, type Choosing } from "./area-mark";
import { fillOf, Hatches, isDark } from "./hatches";
import styles from "./map.module.css";
import { useWalk } from "./use-walk";
import type { Spot } from "./walk";

export type ShapesPlotProps = {
  areas: readonly DrawnArea[];
  /** What is drawn once more beside the map, large: areas too small on it. */
  inset?: { keys: readonly string[]; title: string } | undefined;
  label: string;
  describedBy: string;
} & Omit<Choosing, "stop">;

type Shape = (typeof shapes.areas)[number];
type Drawn = { area: DrawnArea; shape: Shape };
type Box = { x: number; y: number; width: number; height: number };

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

function Labels({ drawn, pixel }: { drawn: readonly Drawn[]; pixel: number }) {
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
            data-hatched={area.shade === null && !zero ? true : undefined}
            style={{ "--text": `${TEXT * pixel}px` } as React.CSSProperties}
          >
            {room === "none" ? "0" : zero ? `${area.label} 0` : area.label}
          </text>
        );
      })}
    </g>
  );
}

type LayerProps = { drawn: readonly Drawn[]; prefix: string; pixel: number };

/** The areas as they are painted, where they are too small to be pressed. */
function Painted({ drawn, prefix, pixel }: LayerProps) {
  return drawn.map(({ area, shape }) => (
    <path
      key={area.key}
      d={shape.path}
      className={styles.shape}
      style={{ fill: fillOf(area, prefix), strokeWidth: pixel }}
    />
  ));
}

function Marks({ choosing, ...layer }: LayerProps & { choosing: Choosing }) {
  return layer.drawn.map((one) => (
    <AreaMark key={one.area.key} area={one.area} choosing={choosing}>
      <Painted {...layer} drawn={[one]} />
    </AreaMark>
  ));
}

function Chosen({ drawn, chosen, pixel }: Omit<LayerProps, "prefix"> & { chosen: string | null }) {
  const one = drawn.find(({ area }) => area.key === chosen);
  return (
    one && (
      <path d={one.shape.path} className={styles.chosen} style={{ strokeWidth: 2.5 * pixel }} />
    )
  );
}

const viewBox = ({ x, y, width, height }: Box) => [x, y, width, height].map(Math.round).join(" ");

/** The counties in their outlines, each a link, in the order of their code. */
export default function ShapesPlot(props: ShapesPlotProps) {
  const { areas, inset, label, describedBy, chosen, choose } = props;
  const prefix = useId();
  const drawn = areas.flatMap((area): Drawn[] => {
    const shape = shapes.areas.find(({ codes }) => codes.includes(area.key));
    return shape ? [{ area, shape }] : [];
  });
  const spots = drawn.map(({ area, shape }): Spot => {
    const [x = 0, y = 0] = shape.label;
    return { key: area.key, x, y, beside: shape.beside };
  });
  const { choosing, onKeyDown } = useWalk(spots, { chosen, choose });
  const small = drawn.filter(({ area }) => inset?.keys.includes(area.key));
  const large = drawn.filter((one) => !small.includes(one));
  const around = boxOf(drawn, 0.01);
  const pixel = pixelIn(around, ROOM);
  const layer = { prefix, pixel };
  const near = small.length > 0 ? boxOf(small, 0.08) : null;
  const nearLayer = { prefix: `${prefix}-near`, pixel: near ? pixelIn(near, INSET) : 1 };
  return (
    <div
      className={styles.plot}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
    >
      <svg viewBox={viewBox(around)} className={styles.map}>
        <Hatches prefix={prefix} size={7 * pixel} />
        <Painted {...layer} drawn={small} />
        <Marks {...layer} drawn={large} choosing={choosing} />
        {drawn.length === shapes.areas.length && (
          <>
            <path
              d={shapes.prefectures}
              className={styles.border}
              style={{ strokeWidth: 1.2 * pixel }}
            />
            <path d={shapes.edge} className={styles.edge} style={{ strokeWidth: 1.4 * pixel }} />
          </>
        )}
        {near && <rect {...near} className={styles.frame} style={{ strokeWidth: pixel }} />}
        <Chosen drawn={drawn} chosen={chosen} pixel={pixel} />
        <Labels drawn={large} pixel={pixel} />
      </svg>
      {near && inset && (
        <div className={styles.inset}>
          <p className={styles.insetTitle}>{inset.title}</p>
          <svg viewBox={viewBox(near)} className={styles.insetMap}>
            <Hatches prefix={nearLayer.prefix} size={7 * nearLayer.pixel} />
            <Marks {...nearLayer} drawn={small} choosing={choosing} />
            <Chosen drawn={small} chosen={chosen} pixel={nearLayer.pixel} />
            <Labels drawn={small} pixel={nearLayer.pixel} />
          </svg>
        </div>
      )}
    </div>
  );
}
