"use client";

import { useEffect } from "react";

/** Two characters every Chinese font has and that look nothing alike. */
const PAIR = ["永", "鬱"] as const;

function drawn(character: string): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.font = "20px system-ui, sans-serif";
  context.fillText(character, 1, 20);
  return context.getImageData(0, 0, 24, 24).data.join();
}

/**
 * Without a font for them both are the same empty box. Asking by name would not do: a phone has its Chinese
 * font under a name that pages cannot use, and would fetch a megabyte for what it has.
 */
export function hasChineseFont(): boolean {
  const [one, other] = PAIR.map(drawn);
  return one === null || one !== other;
}

/**
 * A Chinese font for machines that have none. Its rules alone weigh 32 kB and its slices a megabyte, so both
 * come after the page can be used, and only where they are needed.
 */
export function ChineseFont() {
  useEffect(() => {
    const load = () => {
      if (!hasChineseFont()) void import("./noto-sans-sc");
    };
    if (document.readyState === "complete") load();
    else window.addEventListener("load", load, { once: true });
    return () => window.removeEventListener("load", load);
  }, []);
  return null;
}
