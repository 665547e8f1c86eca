"use client";

import { useEffect } from "react";
import { checkDisbursements } from "@/lib/features/disbursements/client";
import type { GridStore } from "./grid-store";
import type { GridWords } from "./grid-words";

/** After a row is done, and while one is being typed into. */
const REST_MS = { done: 150, typing: 500 };
const RETRY_MS = 5_000;

/** What the checks find in rows before they are drafts: asked when the typing rests, two hundred at a time. */
export function useGridChecks(store: GridStore, words: Pick<GridWords, "refusal">): void {
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      try {
        const { judged, nextToJudge } = await import("./grid-checks");
        for (let some = nextToJudge(store); some.length > 0; some = nextToJudge(store)) {
          const rows = some.map(({ fields }) => fields);
          judged(store, some, await checkDisbursements({ rows }, abort.signal), words);
        }
      } catch {
        // Without a line, or with a server too busy, nothing is judged; each row says so.
        if (!abort.signal.aborted) later(RETRY_MS);
      } finally {
        asking = false;
      }
    };
    const later = (rest: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), rest);
    };
    const changed = () => later(store.state().open === null ? REST_MS.done : REST_MS.typing);
    changed();
    const leave = store.subscribe(changed);
    window.addEventListener("online", changed);
    return () => {
      leave();
      window.removeEventListener("online", changed);
      clearTimeout(timer);
      abort.abort();
    };
  }, [store, words]);
}
