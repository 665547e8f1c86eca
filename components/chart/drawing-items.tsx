"use client";

import { MenuItem } from "@/components/ui/menu";
import type { Drawing } from "./save-drawing";

type DrawingItemsProps = { drawing: Drawing; words: Record<"svg" | "png", string> };

/** What makes the files comes when one is asked for. */
export function DrawingItems({ drawing, words }: DrawingItemsProps) {
  return (["svg", "png"] as const).map((format) => (
    <MenuItem
      key={format}
      onSelect={() =>
        void import("./save-drawing").then(({ saveDrawing }) => saveDrawing(drawing, format))
      }
    >
      {words[format]}
    </MenuItem>
  ));
}
