import { useImperativeHandle, useLayoutEffect, useRef, type Ref, type RefObject } from "react";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isBox = (node: Control): node is HTMLInputElement =>
  node instanceof HTMLInputElement && (node.type === "checkbox" || node.type === "radio");

/** As a person would have done it: by way of the page's own value, so that the change is seen as one. */
function typeInto(node: HTMLInputElement | HTMLTextAreaElement, typed: string): void {
  const { selectionStart, selectionEnd } = node;
  node.value = node.defaultValue;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "value")?.set?.call(node, typed);
  node.dispatchEvent(new Event("input", { bubbles: true }));
  if (document.activeElement !== node)
    node.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  else if (selectionStart !== null) node.setSelectionRange(selectionStart, selectionEnd);
}

/** What has to be told anew, or null where the field stands as it was sent. */
function early(node: Control): (() => void) | null {
  if (isBox(node)) {
    const { checked } = node;
    if (checked === node.defaultChecked || (node.type === "radio" && !checked)) return null;
    return () => {
      node.checked = !checked;
      node.click();
    };
  }
  if (node instanceof HTMLSelectElement) {
    const { value } = node;
    const sent = [...node.options].find((option) => option.hasAttribute("selected"));
    if (sent === undefined || sent.value === value) return null;
    return () => {
      node.value = value;
      node.dispatchEvent(new Event("change", { bubbles: true }));
    };
  }
  const { value } = node;
  return value === node.defaultValue ? null : () => typeInto(node, value);
}

/**
 * Whoever is quick types into a page before it listens: React keeps such text in the field, knows nothing of
 * it, and wipes it at the next change anywhere. As a ref of a field, this tells it as soon as the field listens.
 */
export function tellEarly(node: Control | null): void {
  const tell = node && early(node);
  // Not within the commit: the field's own handlers answer.
  if (tell) queueMicrotask(tell);
}

/** The same for a field whose ref belongs to its user. */
export function useEarly<T extends Control>(ref: Ref<T> | undefined): RefObject<T | null> {
  const own = useRef<T>(null);
  useImperativeHandle(ref, () => own.current as T);
  useLayoutEffect(() => tellEarly(own.current), []);
  return own;
}

/** A press is heard once the button listens, after what was typed before it has been told. */
function pressEarly(button: HTMLButtonElement | null): void {
  const pressed = button?.type === "submit" ? button.form : button;
  const early = globalThis.nzEarlyPresses;
  if (!pressed || !early?.includes(pressed)) return;
  globalThis.nzEarlyPresses = early.filter((one) => one !== pressed);
  setTimeout(() => {
    if (!pressed.isConnected) return;
    if (pressed instanceof HTMLFormElement) pressed.requestSubmit();
    else pressed.click();
  });
}

/** Of a button: what was pressed before the page listened (lib/browser/early-presses) is pressed once when it does. */
export function useEarlyPress(ref: Ref<HTMLButtonElement> | undefined) {
  const own = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLButtonElement);
  useLayoutEffect(() => pressEarly(own.current), []);
  return own;
}
