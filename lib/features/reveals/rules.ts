import { MOST_LINES } from "./labels";

export type Nos = { nos: number[] | null } | { fault: "lines" | "tooMany" };

/** Numbers of lines as people write them: 3, 8-12、15. Nothing written is all of them. */
export function readNos(text: string): Nos {
  const parts = text
    .normalize("NFKC")
    .split(/[,、;\s]+/)
    .filter((part) => part !== "");
  if (parts.length === 0) return { nos: null };
  const nos = new Set<number>();
  for (const part of parts) {
    const [, from, to] = /^([1-9]\d{0,4})(?:[-–—~至]([1-9]\d{0,4}))?$/.exec(part) ?? [];
    if (from === undefined) return { fault: "lines" };
    const last = Number(to ?? from);
    if (last < Number(from)) return { fault: "lines" };
    if (last - Number(from) >= MOST_LINES) return { fault: "tooMany" };
    for (let no = Number(from); no <= last; no += 1) nos.add(no);
  }
  return nos.size > MOST_LINES ? { fault: "tooMany" } : { nos: [...nos].sort((a, b) => a - b) };
}
