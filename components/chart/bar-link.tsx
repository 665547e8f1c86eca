import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import type { BarShapeProps } from "recharts";
import styles from "./chart.module.css";

type BarLinkProps = Pick<BarShapeProps, "x" | "y" | "width" | "height" | "fill"> & {
  href: string | undefined;
  /** Which bar this is, and how much it says. */
  label: string;
  /** Last year's have an edge. */
  edged: boolean;
};

/** A finger needs so much. */
const HELD = 24;

/** One bar, which opens what it is made of: a link to the mouse, a finger, the keyboard and the ear alike. */
export function BarLink({ x, y, width, height, fill, href, label, edged }: BarLinkProps) {
  const router = useRouter();
  // a sum below zero is drawn from its end
  const box = {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
  if (![box.x, box.y, box.width, box.height].every(Number.isFinite)) return <g />;
  const edge = edged ? { stroke: "var(--control-border)", strokeWidth: 0.75 } : {};
  const bar = <rect className="recharts-rectangle" {...box} fill={fill} {...edge} />;
  if (href === undefined) return bar;

  function follow(event: MouseEvent<Element>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href as Route);
  }

  const lying = width > 0 && box.height < HELD && box.width > box.height;
  const held = lying
    ? { ...box, width: Math.max(box.width, HELD) }
    : { ...box, y: Math.min(box.y, box.y + box.height - HELD), height: Math.max(box.height, HELD) };
  return (
    <a href={href} aria-label={label} className={styles.barLink} onClick={follow}>
      <rect {...held} fill="transparent" />
      {bar}
    </a>
  );
}
