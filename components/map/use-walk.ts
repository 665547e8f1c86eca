"use client";

import { useState, type KeyboardEvent } from "react";
import type { Choosing } from "./area-mark";
import { nextSpot, type Spot } from "./walk";

/** One Tab in, and the arrow keys from area to area; which one was chosen last is where Tab comes in again. */
export function useWalk(spots: readonly Spot[], { chosen, choose }: Omit<Choosing, "stop">) {
  const [last, setLast] = useState(chosen);
  if (chosen !== null && chosen !== last) setLast(chosen);
  const stop = spots.some(({ key }) => key === last) ? (last ?? "") : (spots[0]?.key ?? "");
  function onKeyDown(event: KeyboardEvent<Element>) {
    const from = (event.target as Element).closest("[data-area]")?.getAttribute("data-area");
    const next = from ? nextSpot(spots, from, event.key) : null;
    if (next === null) return;
    event.preventDefault();
    event.currentTarget.querySelector<SVGElement>(`[data-area="${next}"]`)?.focus();
  }
  return { choosing: { stop, chosen, choose }, onKeyDown };
}
