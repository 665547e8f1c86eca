const waiting = new Set<() => void>();
let begun = typeof document === "undefined";

function begin(): void {
  begun = true;
  for (const work of waiting) work();
  waiting.clear();
}

if (!begun)
  for (const name of ["pointerdown", "keydown", "input"])
    document.addEventListener(name, begin, { capture: true, once: true });

/**
 * Runs with the first key or touch, which is when somebody is at work in the page: what is fetched then is there
 * when it is asked for, even if the line is down by that time, and a page that is only read does without.
 */
export function onceAtWork(work: () => void): void {
  if (typeof document === "undefined") return;
  if (begun) work();
  else waiting.add(work);
}
