"use client";

import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/react-virtual";
import { useLayoutEffect, useState, type RefObject } from "react";

/** Rows beyond the window that are drawn all the same. */
const OVERSCAN = 8;
/** Before there is a window to measure, as on the server. */
const FIRST = Array.from({ length: 30 }, (_, index) => index);

/**
 * Which of many rows of one height are drawn: those in the window, and the active one, because the focus would be
 * lost with it.
 */
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
  const [seen, setSeen] = useState<readonly number[]>(FIRST);

  useLayoutEffect(() => {
    const look = ({ getVirtualIndexes }: Virtualizer<HTMLDivElement, HTMLTableRowElement>) => {
      const next = getVirtualIndexes();
      setSeen((known) => (known[0] === next[0] && known.at(-1) === next.at(-1) ? known : next));
    };
    const rows = new Virtualizer<HTMLDivElement, HTMLTableRowElement>({
      count,
      overscan: OVERSCAN,
      estimateSize: () => height,
      getScrollElement: () => frameRef.current,
      initialOffset: () => frameRef.current?.scrollTop ?? 0,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: look,
    });
    const leave = rows._didMount();
    rows._willUpdate();
    look(rows);
    return leave;
  }, [count, height, frameRef]);

  const inside = seen.filter((index) => index < count);
  if (inside.includes(active) || active >= count) return inside;
  return [...inside, active].sort((one, other) => one - other);
}
