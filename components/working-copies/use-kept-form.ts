"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { formAddress } from "@/lib/features/working-copies/address";
import type { CopyKeeper, KeeperState } from "./copy-keeper";

export type KeptForm = {
  keeper: CopyKeeper;
  /** What the copy holds; plain data. */
  text: Record<string, unknown>;
  /** The form was opened with a copy, which holds this text already. */
  restored: boolean;
  /** Is anything typed that the server's record does not hold? */
  held: boolean;
  title: string;
  subject: string | null;
  baseVersion: number | null;
  /** While copies are asked for, or it is being saved: what is under way decides whether there is one afterwards. */
  resting: boolean;
  done: boolean;
  onAddress: (address: string) => void;
};

/** Nothing typed is lost with the page: what is left is tried again, and the browser asks before it closes. */
export function useLastTry(keeper: CopyKeeper, atRisk: boolean): void {
  useEffect(() => {
    keeper.retry();
    const hide = () => document.visibilityState === "hidden" && keeper.retry();
    window.addEventListener("online", keeper.retry);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("online", keeper.retry);
      document.removeEventListener("visibilitychange", hide);
      keeper.retry();
    };
  }, [keeper]);
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [atRisk]);
}

/** Keeps a form while the server's record does not hold it, and puts the copy into the address. */
export function useKeptForm(form: KeptForm): KeeperState {
  const { keeper, restored, held, title, subject, baseVersion, resting, done, onAddress } = form;
  const kept = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state);
  const written = JSON.stringify(form.text);
  const last = useRef(restored ? written : null);

  useEffect(() => {
    if (resting || done) return;
    if (!held && keeper.begun) void keeper.discard();
    // What a save leaves beside the draft belongs to the draft as it was saved, though no key was struck since.
    const moved = keeper.begun && keeper.copy.baseVersion !== baseVersion;
    if (held && (moved || written !== last.current)) {
      const body = JSON.parse(written) as Record<string, unknown>;
      keeper.type({ title: title.slice(0, 200), subject, baseVersion, body });
    }
    last.current = held ? written : null;
    const address = formAddress({ ...keeper.copy, subject }, held ? keeper.copy.id : null);
    if (address === window.location.pathname + window.location.search) return;
    if (!held && subject === null) return;
    onAddress(address);
    window.history.replaceState(null, "", address);
  }, [resting, done, held, written, title, subject, baseVersion, keeper, kept.copyId, onAddress]);

  useLastTry(keeper, kept.failure !== null && !done);
  return kept;
}
