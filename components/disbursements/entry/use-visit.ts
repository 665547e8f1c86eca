"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";

/**
 * A new entry gets its own address once it is saved, without leaving the form. Asking for a new one
 * from there is the same page to the router, so the form begins anew; going back to an
 * address the form no longer holds loads that record.
 */
export function useVisit(isNew: boolean): { visit: number; onCreated: (id: string) => void } {
  const pathname = usePathname();
  const [state, setState] = useState({ pathname, visit: 0, createdId: null as string | null });
  if (state.pathname !== pathname) {
    const isNewEntry = pathname === "/entry";
    setState({
      pathname,
      visit: isNewEntry ? state.visit + 1 : state.visit,
      createdId: isNewEntry ? null : state.createdId,
    });
  }
  const isOtherRecord = isNew && pathname !== "/entry" && pathname !== `/entry/${state.createdId}`;
  useEffect(() => {
    if (isOtherRecord && window.location.pathname === pathname) window.location.reload();
  }, [isOtherRecord, pathname]);
  return {
    visit: state.visit,
    onCreated: (id) => setState((known) => ({ ...known, createdId: id })),
  };
}
