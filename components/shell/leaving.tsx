"use client";

import { createContext, useContext } from "react";

export type Leaving = { leave: () => void; leaving: boolean };

export const LeavingContext = createContext<Leaving | null>(null);

/** Signing out, by whoever knows what would be lost with it. */
export function useLeaving(): Leaving {
  const leaving = useContext(LeavingContext);
  if (!leaving) throw new Error("useLeaving is called outside LeavingContext");
  return leaving;
}
