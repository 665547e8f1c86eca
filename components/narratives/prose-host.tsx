"use client";

import { useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { isComposing } from "@/lib/browser/composing";
import type { Caret, Change } from "./use-text-history";
import styles from "./text-editor.module.css";

type HostProps = {
  host: string;
  words: string;
  label: string;
  lang: string;
  caret: Caret | null;
  onChange: (change: Change) => void;
  /** A key at the edge of the prose: it belongs to what stands beside. Answers whether it was taken. */
  onEdge: (event: KeyboardEvent<HTMLElement>, edge: { start: boolean; end: boolean; offset: number }) => boolean; // prettier-ignore
};

/** Counted in the characters of the host, whatever text nodes a browser keeps them in. */
function caretIn(element: HTMLElement): { from: number; to: number } {
  const selection = element.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0) return { from: 0, to: 0 };
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer))
    return { from: 0, to: 0 };
  const before = range.cloneRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const from = before.toString().length;
  return { from, to: from + range.toString().length };
}

export function setCaret(element: HTMLElement, offset: number): void {
  element.focus();
  const selection = element.ownerDocument.getSelection();
  const node = element.firstChild ?? element;
  const most = node.textContent?.length ?? 0;
  selection?.collapse(node, node === element ? 0 : Math.min(offset, most));
}

const oneLine = (text: string, lang: string): string =>
  text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, lang === "en" ? " " : "").replace(/\p{Cc}/gu, " ");

/**
 * A stretch of prose between two numbers. The numbers lie outside of it, so that no key, no paste and no input method
 * reaches them; what is typed stays the browser’s own, and is only read.
 */
export function ProseHost({ host, words, label, lang, caret, onChange, onEdge }: HostProps) {
  const ref = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element && element.textContent !== words) element.textContent = words;
    if (element && caret?.host === host) setCaret(element, caret.offset);
  }, [words, caret, host]);

  function insert(element: HTMLElement, text: string) {
    const { from, to } = caretIn(element);
    onChange({ type: "insert", host, words: oneLine(text, lang), from, offset: to });
  }

  return (
    <span
      ref={ref}
      role="textbox"
      aria-label={label}
      tabIndex={0}
      className={styles.host}
      data-host={host}
      data-short={words.length < 4 || undefined}
      contentEditable
      suppressContentEditableWarning
      spellCheck={false}
      onInput={
        ({ currentTarget, timeStamp }) =>
        onChange({ type: "write", host, words: oneLine(currentTarget.textContent, lang), at: timeStamp }) // prettier-ignore
      }
      onPaste={(event) => {
        event.preventDefault();
        insert(event.currentTarget, event.clipboardData.getData("text/plain"));
      }}
      onDrop={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        const key = event.key.toLowerCase();
        const isCommand = event.ctrlKey || event.metaKey;
        // no bold and no italics: the prose is plain
        if (isCommand && ["b", "i", "u"].includes(key)) event.preventDefault();
        const { from, to } = caretIn(event.currentTarget);
        const length = event.currentTarget.textContent.length;
        const edge = { start: from === 0 && to === 0, end: from === length && to === length, offset: from }; // prettier-ignore
        if (onEdge(event, edge)) event.preventDefault();
      }}
    />
  );
}
