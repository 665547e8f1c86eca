import { useEffect, type KeyboardEvent } from "react";
import { isComposing } from "@/lib/browser/composing";

const FIELDS =
  "input:not([type=radio]):not([type=checkbox]):not([tabindex='-1']):not(:disabled):not([readonly]), select:not(:disabled), textarea, [data-enter-last]";

function moveOn(form: HTMLElement, from: Element): void {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) => field.offsetParent !== null,
  );
  const next = fields[fields.indexOf(from as HTMLElement) + 1];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type === "text") next.select();
}

/** Enter goes to the next field. An open list takes its Enter first; an input method keeps its own. */
export function enterMovesOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || isComposing(event.nativeEvent)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  // The list closes with the render that follows; only then is it known whether a choice was taken.
  setTimeout(() => {
    if (target.getAttribute("aria-expanded") !== "true") moveOn(currentTarget, target);
  });
}

/** Ctrl+Enter saves and Ctrl+Shift+Enter hands in, wherever on the page the focus is. */
export function useShortcuts(verbs: { save: () => void; submit: () => void }): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (event.shiftKey) verbs.submit();
      else verbs.save();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [verbs]);
}

/** Gives the focus to a field that the render under way is still to bring, or that it changes. */
export function focusSoon(id: string): void {
  setTimeout(() => document.getElementById(id)?.focus());
}
