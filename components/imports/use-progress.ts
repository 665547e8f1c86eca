"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { getImportProgress } from "@/lib/features/imports/client";
import type { ImportView } from "@/lib/features/imports/schema";

/** A small table is read before one has looked up. */
const FIRST_MS = 300;
const BETWEEN_MS = 1_000;

/** How far it is, whoever asked for it; where the work has ended, the page is drawn anew. */
export function useProgress({ id, progress }: Pick<ImportView, "id" | "progress">): number {
  const router = useRouter();
  const [percent, setPercent] = useState(progress ?? 0);
  useEffect(() => {
    const left = new AbortController();
    let timer = setTimeout(() => void look(), FIRST_MS);
    async function look() {
      const seen = document.hidden ? null : await getImportProgress(id, left.signal).catch(() => null); // prettier-ignore
      if (left.signal.aborted) return;
      if (seen?.progress === null) router.refresh();
      else if (seen) setPercent(seen.progress);
      timer = setTimeout(() => void look(), BETWEEN_MS);
    }
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [id, router]);
  return percent;
}
