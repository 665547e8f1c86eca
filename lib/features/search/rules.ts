/** More words than these are refused in words, never dropped. */
export const MOST_WORDS = 8;

/** What is looked for, word by word. */
export function searchWords(q: string): string[] {
  const words = q.normalize("NFKC").split(/[\s\p{Cc}]+/u);
  return words.filter((word) => word !== "");
}
