import { useId } from "react";
import { fillOf, Hatches } from "./hatches";
import type { DrawnArea } from "./area-mark";
import styles from "./map.module.css";

/** What a class or a sign looks like on the map. */
export function LegendKey(look: Pick<DrawnArea, "sign" | "shade">) {
  const prefix = useId();
  return (
    <svg viewBox="0 0 22 14" width={22} height={14} className={styles.key} aria-hidden>
      <Hatches prefix={prefix} size={5} />
      <rect x={0.5} y={0.5} width={21} height={13} style={{ fill: fillOf(look, prefix) }} />
      {look.sign === "zero" && (
        <text x={11} y={7.5}>
          0
        </text>
      )}
    </svg>
  );
}
