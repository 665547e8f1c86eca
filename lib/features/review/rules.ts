import type { QueueItem } from "./types";

/** Clean ones may be passed together; everything else is opened and judged by itself. */
export function mayPassTogether(item: Pick<QueueItem, "risk">): boolean {
  return item.risk === 3;
}

/** What was shown stays where it was, as it stands now; what waits no more stays too, and what is new comes last. */
export function mergedQueue(
  shown: readonly QueueItem[],
  now: readonly QueueItem[],
): readonly QueueItem[] {
  const fresh = new Map(now.map((item) => [item.record.id, item]));
  const kept = shown.map((item) => fresh.get(item.record.id) ?? item);
  const known = new Set(shown.map((item) => item.record.id));
  return [...kept, ...now.filter((item) => !known.has(item.record.id))];
}

export type BulkLine = {
  organisation: string;
  programme: string;
  count: number;
  amountFen: bigint;
};

/** What one press would pass, by union and programme, in the order of the queue. */
export function bulkLines(items: readonly QueueItem[]): BulkLine[] {
  const lines = new Map<string, BulkLine>();
  for (const { record } of items) {
    const { organisation, programme } = record;
    const key = `${organisation} ${programme}`;
    const line = lines.get(key) ?? { organisation, programme, count: 0, amountFen: 0n };
    const amountFen = line.amountFen + BigInt(record.amountFen ?? 0);
    lines.set(key, { ...line, count: line.count + 1, amountFen });
  }
  return [...lines.values()];
}
