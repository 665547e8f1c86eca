"use client";

import { useEffect, useState } from "react";

/**
 * What was revealed, in this tab's memory alone: gone after so many seconds, and at once when the tab is hidden, printed
 * or left.
 */
export function useRevealed<T>(seconds: number) {
  const [revealed, setRevealed] = useState<T | null>(null);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (!revealed) return;
    const forget = () => setRevealed(null);
    const hidden = () => document.visibilityState === "hidden" && forget();
    const ticking = setInterval(() => setLeft((rest) => Math.max(0, rest - 1)), 1_000);
    const ending = setTimeout(forget, seconds * 1_000);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("beforeprint", forget);
    window.addEventListener("pagehide", forget);
    return () => {
      clearInterval(ticking);
      clearTimeout(ending);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("beforeprint", forget);
      window.removeEventListener("pagehide", forget);
    };
  }, [revealed, seconds]);
  const show = (what: T) => {
    setLeft(seconds);
    setRevealed(what);
  };
  return { revealed, left, show, forget: () => setRevealed(null) };
}
