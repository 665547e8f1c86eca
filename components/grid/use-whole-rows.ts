"use client";

import { useLayoutEffect, type RefObject } from "react";

const HEIGHT = "--whole-rows";

/** The frame ends with a row: what is over when head and sums have their room is less than one. */
function fit(frame: HTMLElement, row: number): void {
  frame.style.removeProperty(HEIGHT);
  const table = frame.querySelector("table");
  if (!table) return;
  const around = (table.tHead?.offsetHeight ?? 0) + (table.tFoot?.offsetHeight ?? 0);
  const over = (frame.clientHeight - around) % row;
  if (over > 0) frame.style.setProperty(HEIGHT, `${frame.offsetHeight - over}px`);
}

/** Keeps the frame as high as a number of whole rows, `row` px each; its rule of style has the most it may be. */
export function useWholeRows(frameRef: RefObject<HTMLDivElement | null>, row: number): void {
  useLayoutEffect(() => {
    const frame = frameRef.current;
    const table = frame?.querySelector("table");
    if (!frame || !table) return;
    const fitNow = () => fit(frame, row);
    const observer = new ResizeObserver(fitNow);
    observer.observe(table);
    window.addEventListener("resize", fitNow);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fitNow);
    };
  }, [frameRef, row]);
}
