"use client";

import { useMemo, useSyncExternalStore, type ReactNode } from "react";
import { draftKey, readDraft } from "@/lib/browser/local-draft";
import type { EntryDraft, EntryStart } from "./use-entry";

const noChanges = () => () => undefined;

/** Opens the form with what this browser still holds of the record, once there is a browser. */
export function DraftGate({
  userId,
  recordId,
  children,
}: {
  userId: string;
  recordId: string | null;
  children: (kept: { draft: EntryStart["draft"]; live: boolean }) => ReactNode;
}) {
  const inBrowser = useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
  const draft = useMemo(
    () => (inBrowser ? readDraft<EntryDraft>(draftKey(userId, recordId ?? "new")) : null),
    [inBrowser, userId, recordId],
  );
  return (
    <div key={draft === null ? "plain" : "restored"}>{children({ draft, live: inBrowser })}</div>
  );
}
