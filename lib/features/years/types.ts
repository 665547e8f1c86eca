import type { Person } from "@/lib/kernel/actor";

export const YEAR_ACTIONS = ["open", "close"] as const;
export type YearAction = (typeof YEAR_ACTIONS)[number];

/** Records of a year that are not decided; a closed year keeps them as they are, for good. */
export type Waiting = { draft: number; submitted: number; returned: number };

export type YearView = {
  year: number;
  version: number;
  status: "open" | "closed";
  closedAt: string | null;
  closedBy: Person | null;
  /** SHA-256 of the figures frozen at closing (canonical JSON, RFC 8785). */
  snapshotSha256: string | null;
  /** In the reader's scope; null for those who see no records. */
  waiting: Waiting | null;
  actions: YearAction[];
};
