"use client";

import { useEffect, useRef } from "react";
import type { QueueItem } from "@/lib/features/review/types";
import { rowIdOf } from "./use-queue-keys";

/** How long a row that is no longer to be decided says why, before it leaves the queue. */
export const SAID_MS = 12_000;

const isHeldByHand = (item: QueueItem) =>
  document.getElementById(rowIdOf(item))?.contains(document.activeElement) ?? false;

/** Each of `gone` leaves once it has said why; not while the keyboard stands in it, which would be lost with it. */
export function useDepartures(
  gone: readonly QueueItem[],
  onLeave: (item: QueueItem) => void,
): void {
  const leave = useRef(onLeave);
  const timers = useRef(new Map<QueueItem, number>());
  useEffect(() => {
    leave.current = onLeave;
    for (const item of gone) {
      if (timers.current.has(item)) continue;
      const timer = window.setInterval(() => {
        if (isHeldByHand(item)) return;
        window.clearInterval(timer);
        timers.current.delete(item);
        leave.current(item);
      }, SAID_MS);
      timers.current.set(item, timer);
    }
  });
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) window.clearInterval(timer);
      running.clear();
    };
  }, []);
}
