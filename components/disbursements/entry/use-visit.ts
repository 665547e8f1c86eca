"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";

/**
 * A form gives itself addresses without being left: that of its working copy, and its own number once it
 * is saved. Any other address is somebody asking for another form; where the router takes that for the
 * same page, the form begins anew, and a record it no longer holds is loaded.
 */
export function useVisit(isNew: boolean): {
  visit: number;
  onAddress: (address: string) => void;
} {
  const pathname = usePathname();
  const copy = useSearchParams().get("copy");
  const here = copy === null ? pathname : `${pathname}?copy=${copy}`;
  const [state, setState] = useState({ here, visit: 0, own: here });
  if (state.here !== here) {
    const visit = here === state.own ? state.visit : state.visit + 1;
    setState({ ...state, here, visit });
  }
  const isOtherRecord = isNew && pathname !== "/entry" && here !== state.own;
  useEffect(() => {
    if (isOtherRecord && window.location.pathname === pathname) window.location.reload();
  }, [isOtherRecord, pathname]);
  const onAddress = useCallback(
    (address: string) => setState((known) => ({ ...known, own: address })),
    [],
  );
  return { visit: state.visit, onAddress };
}
