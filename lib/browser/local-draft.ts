/**
 * What is being typed, kept in this browser until the server has it. Per person and record, so that
 * a shared desk never shows one person's words to another; signing out forgets all of it.
 */
const PREFIX = "nz-draft:";

export type LocalDraft<T> = { at: string; body: T };

export function draftKey(userId: string, record: string): string {
  return `${PREFIX}${userId}:${record}`;
}

/** Storage may be full or forbidden; typing must go on all the same. */
function whereStorageAllows<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

export function keepDraft<T>(key: string, draft: LocalDraft<T>): void {
  whereStorageAllows(() => localStorage.setItem(key, JSON.stringify(draft)));
}

export function readDraft<T>(key: string): LocalDraft<T> | null {
  return whereStorageAllows(() => {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as LocalDraft<T>);
  });
}

export function dropDraft(key: string): void {
  whereStorageAllows(() => localStorage.removeItem(key));
}

export function dropAllDrafts(): void {
  whereStorageAllows(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  });
}
