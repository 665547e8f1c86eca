"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import type { CopyKeeper, KeeperState } from "@/components/working-copies/copy-keeper";
import type { EntryIntent } from "./entry-saving";
import { isUnsaved, type EntryState } from "./entry-state";
import type { EntryStart, EntryText } from "./entry-start";

function addressOf(record: EntryState["record"], copyId: string | null): string {
  const path = record ? `/entry/${record.id}` : "/entry";
  return copyId === null ? path : `${path}?copy=${copyId}`;
}

/** Keeps the form while the server's record does not hold it, and puts the copy into the address. */
export function useKeptEntry({
  start,
  state,
  intent,
  keeper,
  done,
}: {
  start: EntryStart;
  state: EntryState;
  intent: EntryIntent;
  keeper: CopyKeeper;
  done: boolean;
}): KeeperState {
  const kept = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state);
  const { live, onAddress, titleOf } = start;
  const last = useRef(start.copy ? JSON.stringify(textIn(start.copy.body)) : null);

  useEffect(() => {
    // Not while it is being saved: what is under way decides whether there is a copy afterwards.
    if (!live || done || state.phase !== "idle") return;
    const { values, record, unstored } = state;
    const text: EntryText = { values, open: intent.open };
    const written = JSON.stringify(text);
    const held = isUnsaved(state) || intent.open !== null || unstored > 0;
    if (!held && keeper.begun) void keeper.discard();
    const baseVersion = record?.version ?? null;
    // What a save leaves beside the draft belongs to the draft as it was saved, though no key was struck since.
    const moved = keeper.begun && keeper.copy.baseVersion !== baseVersion;
    if (held && (moved || written !== last.current))
      keeper.type({
        title: titleOf(values).slice(0, 200),
        subject: record?.id ?? null,
        baseVersion,
        body: text,
      });
    last.current = held ? written : null;
    const address = addressOf(record, held ? keeper.copy.id : null);
    if (address === window.location.pathname + window.location.search) return;
    if (!held && record === null) return;
    onAddress(address);
    window.history.replaceState(null, "", address);
  }, [live, done, state, intent, keeper, kept.copyId, titleOf, onAddress]);

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

  const atRisk = kept.failure !== null && !done;
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [atRisk]);
  return kept;
}

/** The server writes the writer beside the text. */
function textIn({ values, open }: Record<string, unknown>) {
  return { values, open };
}
