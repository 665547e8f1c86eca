"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";

/** Draws the page anew if the server answers: without an answer the page itself would be lost. */
export function useRefresh(): () => Promise<void> {
  const router = useRouter();
  return useCallback(async () => {
    const there = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
    if (there?.ok) router.refresh();
  }, [router]);
}
