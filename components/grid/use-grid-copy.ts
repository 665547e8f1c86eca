"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { CopyKeeper, type KeeperState } from "@/components/working-copies/copy-keeper";
import { useLastTry } from "@/components/working-copies/use-kept-form";
import { beginCopy, type KeptCopy } from "@/lib/browser/kept-copy";
import type { Texts } from "@/lib/features/grid/types";
import type { RowReading } from "@/lib/features/rows/types";
import { formAddress } from "@/lib/features/working-copies/address";
import { ALL_COLUMNS } from "./grid-columns";
import { GridStore } from "./grid-store";
import { fromText, toText, type GridState, type GridText } from "./grid-text";

export type GridCopy = { store: GridStore; keeper: CopyKeeper; kept: KeeperState };

const textIn = (copy: KeptCopy | null): Partial<GridText> => copy?.body ?? {};

/** The table as a working copy: in the browser with every key, on the server as soon as the typing rests. */
export function useGridCopy({
  userId,
  copy,
  live,
  read,
  titleOf,
  onAddress,
}: {
  userId: string;
  copy: KeptCopy | null;
  /** False while copies are asked for: what is under way decides which table this is. */
  live: boolean;
  read: (texts: Texts) => RowReading;
  titleOf: (state: GridState) => string;
  onAddress: (address: string) => void;
}): GridCopy {
  const [keeper] = useState(() => new CopyKeeper(userId, copy ?? beginCopy("grid", null)));
  const [store] = useState(
    () =>
      new GridStore(fromText(textIn(copy)), read, (state) =>
        keeper.type({
          title: titleOf(state).slice(0, 200),
          subject: null,
          baseVersion: null,
          body: toText(state, ALL_COLUMNS),
        }),
      ),
  );
  const kept = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state);

  useEffect(() => {
    // A cell that was open when the window was lost is a step now.
    if (live && textIn(copy).open) store.type(null);
  }, [live, copy, store]);

  useEffect(() => {
    if (!live || !keeper.begun) return;
    const address = formAddress({ kind: "grid", subject: null }, kept.copyId);
    if (address === window.location.pathname + window.location.search) return;
    onAddress(address);
    window.history.replaceState(null, "", address);
  }, [live, keeper, kept, onAddress]);

  useEffect(() => () => store.dispose(), [store]);
  useLastTry(keeper, kept.failure !== null || (!kept.here && !kept.saved));
  return { store, keeper, kept };
}
