"use client";

import { useEffect } from "react";

/**
 * A Chinese font for machines that have none. Its rules alone weigh 32 kB and its slices a megabyte where
 * they are needed, so both come after the page can be used; whoever has a font of their own fetches no slice.
 */
export function ChineseFont() {
  useEffect(() => {
    const load = () => void import("./noto-sans-sc");
    if (document.readyState === "complete") load();
    else window.addEventListener("load", load, { once: true });
    return () => window.removeEventListener("load", load);
  }, []);
  return null;
}
