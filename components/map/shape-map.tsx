import { useId } from "react";
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
  type Outlined,
} from "./shape-layers";

type SaidArea = Outlined & { said: string };
type ShapeMapProps = { areas: readonly SaidArea[]; inset: Inset; label: string };

function Said({ drawn, ...layer }: LayerProps<SaidArea>) {
  return drawn.map((one) => (
    <g key={one.area.key} data-area={one.area.key} data-sign={one.area.sign}>
      <title>{one.area.said}</title>
      <Painted {...layer} drawn={[one]} />
    </g>
  ));
}

/** The map as a picture: drawn where the page is, without a script, and opening nothing. */
export function ShapeMap({ areas, inset, label }: ShapeMapProps) {
  const prefix = useId();
  const drawn = outlined(areas);
  if (drawn.length === 0) return null;
  const { small, large, around, near, pixel, nearPixel } = layoutOf(drawn, inset);
  const nearLayer = { prefix: `${prefix}-near`, pixel: nearPixel };
  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <svg viewBox={viewBox(around)} className={styles.map}>
        <Hatches prefix={prefix} size={7 * pixel} />
        <Said drawn={drawn} prefix={prefix} pixel={pixel} />
        <Edges drawn={drawn} pixel={pixel} />
        {near && <rect {...near} className={styles.frame} style={{ strokeWidth: pixel }} />}
        <Labels drawn={large} pixel={pixel} />
      </svg>
      {near && (
        <div className={styles.inset}>
          <p className={styles.insetTitle}>{inset.title}</p>
          <svg viewBox={viewBox(near)} className={styles.insetMap}>
            <Hatches prefix={nearLayer.prefix} size={7 * nearLayer.pixel} />
            <Said drawn={small} {...nearLayer} />
            <Labels drawn={small} pixel={nearLayer.pixel} />
          </svg>
        </div>
      )}
    </div>
  );
}
