"use client";

import { useEffect } from "react";
import { checkDisbursements } from "@/lib/features/disbursements/client";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { Texts } from "@/lib/features/grid/types";
import type { GridStore } from "./grid-store";
import { isUnjudged } from "./row-state";

/** Judged in one answer. */
const SET = 200;
/** After a row is done, and while one is being typed into. */
const REST_MS = { done: 150, typing: 500 };
const RETRY_MS = 5_000;

type Asked = { texts: Texts; fields: DisbursementFields };

/** The next rows to be judged: those in the window before all others. */
function unjudged(store: GridStore): Asked[] {
  const asked = (ids: readonly string[]): Asked[] =>
    ids.flatMap((id) => {
      const row = store.row(id);
      const fields = row.reading?.fields;
      return fields && isUnjudged(row) ? [{ texts: row.texts, fields }] : [];
    });
  const seen = asked(store.seen());
  return (seen.length > 0 ? seen : asked(store.order())).slice(0, SET);
}

/** What the checks find in rows before they are drafts: asked when the typing rests, two hundred at a time. */
export function useGridChecks(store: GridStore): void {
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      try {
        for (let some = unjudged(store); some.length > 0; some = unjudged(store)) {
          const rows = some.map(({ fields }) => fields);
          const { items } = await checkDisbursements({ rows }, abort.signal);
          store.judge(some.map(({ texts }, at) => [texts, items[at]?.findings ?? []] as const));
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
  }, [store]);
}
