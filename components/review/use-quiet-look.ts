"use client";

import { useEffect, useRef, useState } from "react";
import { failureOf } from "@/lib/browser/api-client";
import { getStanding } from "@/lib/features/review/client";
import { movedOn } from "@/lib/features/review/rules";
import { MOST_ASKED, type QueueItem } from "@/lib/features/review/types";

/** How often it is asked while somebody looks, and how soon again after they come back to the page. */
export const LOOK_MS = 30_000;
const AGAIN_MS = 3_000;

/**
 * Asks, while the page is looked at, whether what waits still stands as it is shown: one small question for all of
 * them, every half minute and when somebody comes back. Answers since when nobody answers, which is not to be slow:
 * then the line or the server is known to be gone. The next look asks anew.
 */
export function useQuietLook(
  waiting: readonly QueueItem[],
  onMoved: (items: readonly QueueItem[]) => void,
): Date | null {
  const [silentSince, setSilentSince] = useState<Date | null>(null);
  const latest = useRef({ waiting, onMoved });
  useEffect(() => {
    latest.current = { waiting, onMoved };
  });
  useEffect(() => {
    let asked = 0;
    let asking = false;
    async function look() {
      const shown = latest.current.waiting.slice(0, MOST_ASKED);
      const soon = Date.now() - asked < AGAIN_MS;
      if (asking || soon || shown.length === 0 || document.visibilityState !== "visible") return;
      asking = true;
      asked = Date.now();
      const answer = await getStanding(shown.map(({ record }) => record.id)).catch(failureOf);
      asking = false;
      // INTERNAL is also what a door before a dead server says
      const silent = "code" in answer && ["OFFLINE", "INTERNAL"].includes(answer.code);
      setSilentSince((since) => (silent ? (since ?? new Date()) : null));
      if ("code" in answer) return;
      // what was decided here meanwhile is told by its own answer
      const moved = movedOn(shown, answer.items).filter((item) =>
        latest.current.waiting.includes(item),
      );
      if (moved.length > 0) latest.current.onMoved(moved);
    }
    const again = () => void look();
    const timer = window.setInterval(again, LOOK_MS);
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("focus", again);
      document.removeEventListener("visibilitychange", again);
    };
  }, []);
  return silentSince;
}
