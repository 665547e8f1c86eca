"use client";

import { useLayoutEffect, type RefObject } from "react";

/** Has the frame of a table fitted anew whenever the table or the window takes another size. */
export function useFit(
  frameRef: RefObject<HTMLDivElement | null>,
  /** The same function as long as nothing else decides the height. */
  fit: (frame: HTMLElement, table: HTMLTableElement) => void,
): void {
  useLayoutEffect(() => {
    const frame = frameRef.current;
    const table = frame?.querySelector("table");
    if (!frame || !table) return;
    const fitNow = () => fit(frame, table);
    const observer = new ResizeObserver(fitNow);
    observer.observe(table);
    window.addEventListener("resize", fitNow);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fitNow);
    };
  }, [frameRef, fit]);
}
