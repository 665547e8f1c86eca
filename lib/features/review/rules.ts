import type { QueueItem } from "./types";

/** Clean ones may be passed together; everything else is opened and judged by itself. */
export function mayPassTogether(item: Pick<QueueItem, "risk">): boolean {
  return item.risk === 3;
}
