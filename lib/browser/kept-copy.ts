import type { CopyKind } from "@/lib/kernel/wire";

/**
 * The second keeper of what is being typed: this browser, until the server has it. By person, so that a
 * shared desk never shows one person's words to another; by window, so that two never write over each other.
 */
const PREFIX = "nz-copy:";

/** A working copy as one window holds it. */
export type KeptCopy = {
  id: string;
  /** The window that typed it: what the server holds of the same writer is an earlier state of this. */
  writer: string;
  kind: CopyKind;
  title: string;
  subject: string | null;
  baseVersion: number | null;
  /** Changes since it was begun; `saved`: how many of them the server has. */
  edits: number;
  saved: number;
  /** Of the server's copy; 0 = it has none. */
  version: number;
  at: string;
  body: Record<string, unknown>;
};

const keyOf = (userId: string, { id, writer }: Pick<KeptCopy, "id" | "writer">): string =>
  `${PREFIX}${userId}:${id}:${writer}`;

/** Storage may be full or forbidden; typing must go on all the same. */
function whereStorageAllows<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Answers whether it is kept. */
export function keepCopy(userId: string, copy: KeptCopy): boolean {
  const kept = whereStorageAllows(() => {
    localStorage.setItem(keyOf(userId, copy), JSON.stringify(copy));
    return true;
  });
  return kept ?? false;
}

export function dropCopy(userId: string, copy: Pick<KeptCopy, "id" | "writer">): void {
  whereStorageAllows(() => localStorage.removeItem(keyOf(userId, copy)));
}

/** What the server does not have yet, the latest first. */
export function listKept(userId: string): KeptCopy[] {
  const found = whereStorageAllows(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`${PREFIX}${userId}:`))
      .map((key) => JSON.parse(localStorage.getItem(key) ?? "null") as KeptCopy | null)
      .filter((copy) => copy !== null),
  );
  return (found ?? []).sort((one, other) => other.at.localeCompare(one.at));
}

/** UUID of version 4; randomUUID exists only on https and localhost. */
export function newCopyId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20, 32].map((end, n, ends) => hex.slice(ends[n - 1] ?? 0, end)).join("-");
}

/** A form nobody has typed into yet. */
export function beginCopy(
  kind: CopyKind,
  record: { id: string; version: number } | null,
): KeptCopy {
  return {
    id: newCopyId(),
    writer: newCopyId(),
    kind,
    title: "",
    subject: record?.id ?? null,
    baseVersion: record?.version ?? null,
    edits: 0,
    saved: 0,
    version: 0,
    at: new Date().toISOString(),
    body: {},
  };
}

const LEFT = "nz-left";

/** Tells the other windows of this person that the session has ended. */
export function announceLeaving(userId: string): void {
  whereStorageAllows(() => {
    localStorage.setItem(LEFT, userId);
    localStorage.removeItem(LEFT);
  });
}

export function onLeaving(userId: string, leave: () => void): () => void {
  const hear = ({ key, newValue }: StorageEvent) => key === LEFT && newValue === userId && leave();
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}
