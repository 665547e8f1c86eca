import type { KeyboardEvent } from "react";

const FIELDS =
  "input:not([type=radio]):not([type=checkbox]):not(:disabled):not([readonly]), select:not(:disabled), textarea, [data-enter-last]";

function moveOn(form: HTMLElement, from: Element): void {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) => field.offsetParent !== null,
  );
  const next = fields[fields.indexOf(from as HTMLElement) + 1];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type === "text") next.select();
}

/**
 * The keys of the form: Enter to the next field, Ctrl+Enter saves, Ctrl+Shift+Enter hands in. An
 * open list takes its Enter first; an input method keeps its own.
 */
export function entryKeys(
  event: KeyboardEvent<HTMLElement>,
  verbs: { save: () => void; submit: () => void },
): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    if (event.shiftKey) verbs.submit();
    else verbs.save();
    return;
  }
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  if (event.shiftKey || event.altKey) return;
  event.preventDefault();
  // The list closes with the render that follows; only then is it known whether a choice was taken.
  setTimeout(() => {
    if (target.getAttribute("aria-expanded") !== "true") moveOn(currentTarget, target);
  });
}
