import { dropCopy, keepCopy, listKept, type KeptCopy } from "@/lib/browser/kept-copy";
import { listSealed, type SealedCopy } from "@/lib/browser/sealed-copy";
import { pushCopy } from "./push-copy";

/** What this browser holds of a person, after all of it has been offered to the server. */
export type Left = {
  sent: KeptCopy[];
  unsent: KeptCopy[];
  /** Of people, sealed here: these go to no server but by their own page. */
  sealed: SealedCopy[];
};

export async function pushKept(userId: string): Promise<Left> {
  const left: Left = { sent: [], unsent: [], sealed: listSealed(userId) };
  for (const copy of listKept(userId)) {
    if (copy.edits === copy.saved) left.sent.push(copy);
    else {
      const taken = await pushCopy(copy).catch(() => null);
      if (taken === null) left.unsent.push(copy);
      else {
        // Under another id it is another copy, and the old name holds nothing of its own.
        if (taken.id === copy.id) keepCopy(userId, taken);
        left.sent.push(taken.id === copy.id ? taken : copy);
      }
    }
  }
  return left;
}

/** Drops what is settled, and not what another window has typed since. */
export function dropSettled(userId: string, settled: readonly KeptCopy[]): void {
  const now = listKept(userId);
  for (const copy of settled) {
    const standing = now.find(({ id, writer }) => id === copy.id && writer === copy.writer);
    if (standing?.edits === copy.edits) dropCopy(userId, standing);
  }
}
