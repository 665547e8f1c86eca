"use client";

import { useLayoutEffect, useState, type RefObject } from "react";

/** Rows beyond the window that are drawn all the same. */
const OVERSCAN = 8;
/** Before there is a window to measure, as on the server. */
const FIRST = { from: 0, to: 29 };

/** The rows of one height that a window of a list shows, and some beyond it. */
export const rowsWithin = (frame: { scrollTop: number; clientHeight: number }, height: number) => ({
  from: Math.floor(frame.scrollTop / height) - OVERSCAN,
  to: Math.floor((frame.scrollTop + frame.clientHeight) / height) + OVERSCAN,
});

/** Those there are, from first to last; the active one always, because the focus would be lost with it. */
export function drawn({ from, to }: typeof FIRST, count: number, active: number): number[] {
  const first = Math.max(0, Math.min(from, count - 1));
  const length = Math.max(0, Math.min(to, count - 1) - first + 1);
  const inside = Array.from({ length }, (_, at) => first + at);
  if (active >= count || inside.includes(active)) return inside;
  return [...inside, active].sort((one, other) => one - other);
}

/** Which of many rows of one height are drawn. */
export function useVirtualRows({
  count,
  height,
  active,
  frameRef,
}: {
  count: number;
  height: number;
  active: number;
  frameRef: RefObject<HTMLDivElement | null>;
}): number[] {
  const [seen, setSeen] = useState(FIRST);

  useLayoutEffect(() => {
    const frame = frameRef.current;
    if (!frame) return;
    const look = () => {
      const next = rowsWithin(frame, height);
      setSeen((known) => (known.from === next.from && known.to === next.to ? known : next));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(frame);
    frame.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      frame.removeEventListener("scroll", look);
    };
  }, [count, height, frameRef]);

  return drawn(seen, count, active);
}
