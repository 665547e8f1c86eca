"use client";

import { useCallback, type RefObject } from "react";
import { useFit } from "@/components/table/use-fit";

const HEIGHT = "--whole-rows";

/** Keeps the frame as high as a number of whole rows, `row` px each; its rule of style has the most it may be. */
export function useWholeRows(frameRef: RefObject<HTMLDivElement | null>, row: number): void {
  const fit = useCallback(
    (frame: HTMLElement, table: HTMLTableElement) => {
      frame.style.removeProperty(HEIGHT);
      const around = (table.tHead?.offsetHeight ?? 0) + (table.tFoot?.offsetHeight ?? 0);
      const over = (frame.clientHeight - around) % row;
      if (over > 0) frame.style.setProperty(HEIGHT, `${frame.offsetHeight - over}px`);
    },
    [row],
  );
  useFit(frameRef, fit);
}
