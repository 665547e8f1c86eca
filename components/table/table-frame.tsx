"use client";

import { useRef, type HTMLAttributes } from "react";
import { useFit } from "./use-fit";
import { wholeRows } from "./whole-rows";

const HEIGHT = "--whole-rows";

function fit(frame: HTMLElement, table: HTMLTableElement): void {
  frame.style.removeProperty(HEIGHT);
  const most = Number.parseFloat(getComputedStyle(frame).maxHeight);
  // cards and paper have no frame
  if (Number.isNaN(most)) return;
  const { top } = table.getBoundingClientRect();
  const rows = [...table.rows]
    .filter((row) => row.parentElement?.tagName === "TBODY" && row.offsetHeight > 0)
    .map((row) => row.getBoundingClientRect().bottom - top);
  const foot = table.tFoot?.offsetHeight ?? 0;
  const around = frame.offsetHeight - frame.clientHeight;
  const height = wholeRows({ rows, foot, around }, most);
  frame.style.setProperty(HEIGHT, `${Math.ceil(height)}px`);
}

/** The frame that a table scrolls in. Its rule of style takes its height from here where there is script. */
export function TableFrame(props: HTMLAttributes<HTMLDivElement>) {
  const frame = useRef<HTMLDivElement>(null);
  useFit(frame, fit);
  return <div ref={frame} {...props} />;
}
