"use client";

import { useEffect } from "react";
import { checkDisbursements } from "@/lib/features/disbursements/client";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { Texts } from "@/lib/features/grid/types";
import type { GridStore } from "./grid-store";

/** Judged in one answer. */
const SET = 200;
const REST_MS = 500;

type Asked = { texts: Texts; fields: DisbursementFields };

/** Rows that can be read, are no draft and were not judged yet: beside its own draft a row would be a double. */
function unjudged(store: GridStore): Asked[] {
  const { content, held } = store.state();
  return content.order.flatMap((id) => {
    const { texts, findings, reading } = store.row(id);
    return findings === null && !held[id] && reading?.fields
      ? [{ texts, fields: reading.fields }]
      : [];
  });
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
        for (;;) {
          const some = unjudged(store).slice(0, SET);
          if (some.length === 0) break;
          const rows = some.map(({ fields }) => fields);
          const { items } = await checkDisbursements({ rows }, abort.signal);
          store.judge(some.map(({ texts }, at) => [texts, items[at]?.findings ?? []] as const));
        }
      } catch {
        // Without a line nothing is judged; the next key, or the saving, asks again.
      } finally {
        asking = false;
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), REST_MS);
    };
    later();
    const leave = store.subscribe(later);
    return () => {
      leave();
      clearTimeout(timer);
      abort.abort();
    };
  }, [store]);
}
