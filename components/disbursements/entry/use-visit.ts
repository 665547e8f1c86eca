"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";

/**
 * A form gives itself addresses without being left: that of its working copy, and its own number once it
 * is saved. Any other address is somebody asking for another form; where the router takes that for the
 * same page, the form begins anew, and a record it no longer holds is loaded.
 */
export function useVisit(
  isNew: boolean,
  /** The address of a form nobody has typed into. */
  fresh = "/entry",
): {
  visit: number;
  onAddress: (address: string) => void;
} {
  const pathname = usePathname();
  const copy = useSearchParams().get("copy");
  const here = copy === null ? pathname : `${pathname}?copy=${copy}`;
  // All of them: the router hears of an address a moment after the form has taken it.
  const [state, setState] = useState({ here, visit: 0, own: [here] as readonly string[] });
  const mine = here !== fresh && state.own.includes(here);
  if (state.here !== here)
    setState(mine ? { ...state, here } : { here, visit: state.visit + 1, own: [] });
  const isOtherRecord = isNew && pathname !== fresh && !mine;
  useEffect(() => {
    if (isOtherRecord && window.location.pathname === pathname) window.location.reload();
  }, [isOtherRecord, pathname]);
  const onAddress = useCallback(
    (address: string) => setState((known) => ({ ...known, own: [...known.own, address] })),
    [],
  );
  return { visit: state.visit, onAddress };
}
