import type { Counted } from "@/lib/kernel/known";
import type { FenText } from "@/lib/kernel/money";
import type { AmountKind, EntryKind, Status } from "@/lib/kernel/record-codes";
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

export type BulkLine = { organisation: string; programme: string; sum: Counted };

/** What one press would pass, by union and programme, in the order of the queue. */
export function bulkLines(items: readonly QueueItem[]): BulkLine[] {
  const groups = new Map<string, QueueItem[]>();
  for (const item of items) {
    const key = `${item.record.organisation} ${item.record.programme}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { organisation, programme } = first.record;
    return { organisation, programme, sum: sumOfRecords(group.map(({ record }) => record)) };
  });
}

/** Those that do not stand as they are shown any more. */
export function movedOn(
  shown: readonly QueueItem[],
  standing: readonly { id: string; version: number; status: Status }[],
): QueueItem[] {
  const now = new Map(standing.map((one) => [one.id, one]));
  return shown.filter(({ record }) => {
    const one = now.get(record.id);
    return one?.status !== "submitted" || one.version !== record.version;
  });
}

type Summed = { amountFen: FenText | null; amountKind: AmountKind; entryKind: EntryKind };

/** What records that somebody chose come to, as a figure of the same records would say it once they are approved. */
export function sumOfRecords(rows: readonly Summed[]): Counted {
  const sum = { amountFen: 0n, records: 0, unvalued: 0, withoutMoney: 0, reversals: 0 };
  for (const { amountFen, amountKind, entryKind } of rows) {
    const net = entryKind === "reversal" ? -1 : 1;
    sum.amountFen += BigInt(amountFen ?? 0);
    sum.records += net;
    if (amountKind === "unvalued") sum.unvalued += net;
    if (amountKind === "none") sum.withoutMoney += net;
    if (net < 0) sum.reversals += 1;
  }
  return sum;
}
