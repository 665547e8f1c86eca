"use client";

import { useId } from "react";
import { AreaMark, type DrawnArea, type Choosing } from "./area-mark";
import { Hatches } from "./hatches";
import styles from "./map.module.css";
import {
  Edges,
  Labels,
  layoutOf,
  outlined,
  Painted,
  viewBox,
  type Inset,
  type LayerProps,
} from "./shape-layers";
import { useWalk } from "./use-walk";
import type { Spot } from "./walk";

export type ShapesPlotProps = {
  areas: readonly DrawnArea[];
  inset?: Inset | undefined;
  label: string;
  describedBy: string;
} & Omit<Choosing, "stop">;

type MarksProps = LayerProps<DrawnArea> & { choosing: Choosing };

function Marks({ choosing, ...layer }: MarksProps) {
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

/** The counties in their outlines, each a link, in the order of their code. */
export default function ShapesPlot(props: ShapesPlotProps) {
  const { areas, inset, label, describedBy, chosen, choose } = props;
  const prefix = useId();
  const drawn = outlined(areas);
  const spots = drawn.map(({ area, shape }): Spot => {
    const [x = 0, y = 0] = shape.label;
    return { key: area.key, x, y, beside: shape.beside };
  });
  const { choosing, onKeyDown } = useWalk(spots, { chosen, choose });
  const { small, large, around, near, pixel, nearPixel } = layoutOf(drawn, inset);
  const layer = { prefix, pixel };
  const nearLayer = { prefix: `${prefix}-near`, pixel: nearPixel };
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
        <Edges drawn={drawn} pixel={pixel} />
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
