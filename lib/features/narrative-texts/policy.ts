import type { Role } from "@/lib/kernel/actor";

/** Whoever works at a place, or above it, writes its brief; an auditor reads. */
export const WRITERS: readonly Role[] = ["CLERK", "REVIEWER", "PROVINCE"];
