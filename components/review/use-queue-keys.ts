"use client";

import { useEffect, useRef } from "react";
import type { QueueItem } from "@/lib/features/review/types";

type Keys = {
  shown: readonly QueueItem[];
  /** While a dialog is open its own keys count. */
  off: boolean;
  onOpen: (item: QueueItem) => void;
  onApprove: (item: QueueItem) => void;
  onReturn: (item: QueueItem) => void;
};

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
export const rowIdOf = ({ record }: QueueItem) => `queue-${record.id}`;

/** The row that has the focus, or something in it. */
function currentOf(shown: readonly QueueItem[]): number {
  const row = document.activeElement?.closest("[id^=queue-]");
  return row ? shown.findIndex((item) => rowIdOf(item) === row.id) : -1;
}

export function focusRow(item: QueueItem | undefined): void {
  if (item) document.getElementById(rowIdOf(item))?.focus();
}

/** j k: down and up; Enter opens, a approves, r returns the row that has the focus. */
export function useQueueKeys(keys: Keys): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const { shown, off, onOpen, onApprove, onReturn } = now.current;
      const target = event.target instanceof Element ? event.target : null;
      if (off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (target?.matches(TYPING) || document.querySelector("dialog[open]")) return;
      const at = currentOf(shown);
      const item = shown[at];
      const key = event.key.toLowerCase();
      if (key === "j") focusRow(shown[Math.min(at + 1, shown.length - 1)]);
      else if (key === "k") focusRow(shown[Math.max(at - 1, 0)]);
      else if (key === "a" && item) onApprove(item);
      else if (key === "r" && item) onReturn(item);
      else if (key === "enter" && item && target?.id === rowIdOf(item)) onOpen(item);
      else return;
      event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
