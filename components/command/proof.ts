"use client";

import { createContext, useContext } from "react";

/** Has the person show their password or a code once more; false where they would rather not. */
export type AskProof = () => Promise<boolean>;

export const ProofContext = createContext<AskProof>(() => Promise.resolve(false));

export const useAskProof = (): AskProof => useContext(ProofContext);
