"use client";

import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from "react";
import { useRouter } from "next/navigation";
import { listOpenJobs } from "@/lib/features/jobs/client";
import type { Job } from "@/lib/features/jobs/schema";

const BETWEEN_MS = 1_500;
/** Whether somebody asked for a job in this browser: without it no page asks the server anything. */
const KEY = "nz-jobs";

type OpenJobs = { jobs: readonly Job[]; watch: () => void };
const Context = createContext<OpenJobs>({ jobs: [], watch: () => undefined });

/** One's own jobs that wait or run, as of a moment ago. */
export const useOpenJobs = (): OpenJobs => useContext(Context);

/** Storage may be forbidden; then only the page where the job was asked for follows it. */
function remember(open: boolean): void {
  try {
    if (open) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    return;
  }
}

function isRemembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Asks while something is open and the page is looked at; rests otherwise. */
export function OpenJobsProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const [watched, setWatched] = useState(0);

  useEffect(() => {
    if (watched === 0 && !isRemembered()) return;
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function look() {
      timer = undefined;
      if (document.hidden) return;
      const found = await listOpenJobs(ended.signal).catch(() => null);
      if (ended.signal.aborted) return;
      setJobs(found?.items ?? []);
      if (found?.items.length) {
        timer = setTimeout(() => void look(), BETWEEN_MS);
        return;
      }
      remember(false);
      document.removeEventListener("visibilitychange", again);
      // what the page shows of the job is how it was; now it has ended
      if (found) router.refresh();
    }
    function again() {
      if (!document.hidden && timer === undefined) void look();
    }
    document.addEventListener("visibilitychange", again);
    void look();
    return () => {
      ended.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [watched, router]);

  const watch = useCallback(() => {
    remember(true);
    setWatched((times) => times + 1);
  }, []);
  return <Context value={{ jobs, watch }}>{children}</Context>;
}
