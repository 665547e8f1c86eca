"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";

/**
 * A new entry gets its own address once it is saved, without leaving the form. Asking for a new one
 * from there is the same page to the router, so the form is told to begin afresh; going back to an
 * address the form no longer holds loads that record.
 */
export function useVisit(isNew: boolean): { visit: number; onCreated: (id: string) => void } {
  const pathname = usePathname();
  const [state, setState] = useState({ pathname, visit: 0, made: null as string | null });
  if (state.pathname !== pathname) {
    const afresh = pathname === "/entry";
    setState({
      pathname,
      visit: afresh ? state.visit + 1 : state.visit,
      made: afresh ? null : state.made,
    });
  }
  const foreign = isNew && pathname !== "/entry" && pathname !== `/entry/${state.made}`;
  useEffect(() => {
    if (foreign && window.location.pathname === pathname) window.location.reload();
  }, [foreign, pathname]);
  return {
    visit: state.visit,
    onCreated: (id) => setState((known) => ({ ...known, made: id })),
  };
}
