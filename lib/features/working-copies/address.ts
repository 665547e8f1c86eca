import type { CopyKind } from "@/lib/kernel/wire";

/** Where a form of this kind stands, with the copy it opens. */
export function formAddress(
  { kind, subject }: { kind: CopyKind; subject: string | null },
  copyId: string | null,
): string {
  if (kind === "grid") return copyId === null ? "/entry/grid" : `/entry/grid?copy=${copyId}`;
  const record = kind === "correction" ? `/disbursements/${subject}/adjust` : `/entry/${subject}`;
  const path = subject === null ? "/entry" : record;
  return copyId === null ? path : `${path}?copy=${copyId}`;
}
