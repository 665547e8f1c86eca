/** What is being written in a long text, in this browser until it is saved; by person, as a desk may be shared. */
const PREFIX = "nz-text:";

/** Storage may be full or forbidden; writing must go on all the same. */
function whereStorageAllows<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

type Kept = { userId: string; name: string };
const keyOf = ({ userId, name }: Kept): string => `${PREFIX}${userId}:${name}`;

/** Answers whether it is kept. */
export const keepText = (of: Kept, text: unknown): boolean =>
  whereStorageAllows(() => {
    localStorage.setItem(keyOf(of), JSON.stringify(text));
    return true;
  }) ?? false;

export const keptText = (of: Kept): unknown =>
  whereStorageAllows(() => JSON.parse(localStorage.getItem(keyOf(of)) ?? "null") as unknown);

export const dropText = (of: Kept): void =>
  void whereStorageAllows(() => localStorage.removeItem(keyOf(of)));
