"use client";

import { useLayoutEffect, useRef, type RefObject } from "react";
import { useMedia } from "./use-media";
import styles from "./grid.module.css";

/** Alt+Enter puts a line end; it stands as a sign, because the cell is one line. */
export const toShown = (text: string) => text.replaceAll("\n", "⏎");
export const fromShown = (text: string) => text.replaceAll("⏎", "\n");

export type CellInputProps = {
  /** Which cell it is in: another cell, and its text is selected anew. */
  at: string;
  value: string;
  open: boolean;
  labelledBy: string;
  describedBy: string;
  invalid: boolean;
  align: "end" | undefined;
  /** What stands for it while it says nothing. */
  brought: string | undefined;
  choices: { listId: string; open: boolean; active: string | undefined } | null;
  /** Whether the table has the focus, so that a new cell takes it. */
  focusedRef: RefObject<boolean>;
  /** From the first sign of a composition to one task after its end. */
  composingRef: RefObject<boolean>;
  onText: (text: string) => void;
  onOpen: () => void;
};

/**
 * The one input of the table. It has the focus before the first key, so that an input method finds it: what is
 * typed or composed replaces the selected text natively.
 */
export function CellInput(props: CellInputProps) {
  const { at, value, open, focusedRef, composingRef, choices } = props;
  const input = useRef<HTMLInputElement>(null);
  const coarse = useMedia("(pointer: coarse)");
  const wasOpen = useRef(open);

  useLayoutEffect(() => {
    const box = input.current;
    if (!box || !focusedRef.current) return;
    if (document.activeElement !== box) box.focus({ preventScroll: true });
    box.closest("td")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at, focusedRef]);

  useLayoutEffect(() => {
    const box = input.current;
    const closing = wasOpen.current && !open;
    wasOpen.current = open;
    if (!box || open || composingRef.current || document.activeElement !== box) return;
    // Also after an Escape: what stands there is what the next key replaces.
    if (closing || box.selectionStart === box.selectionEnd) box.select();
  }, [at, value, open, composingRef]);

  return (
    <input
      ref={input}
      type="text"
      className={styles.input}
      data-align={props.align}
      data-open={open ? "" : undefined}
      value={toShown(value)}
      placeholder={props.brought}
      autoComplete="off"
      spellCheck={false}
      // A finger that selects a cell is not asked for letters before it opens one.
      inputMode={coarse && !open ? "none" : "text"}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
      {...(choices && {
        role: "combobox",
        "aria-expanded": choices.open,
        "aria-controls": choices.listId,
        "aria-autocomplete": "list" as const,
        "aria-activedescendant": choices.active,
      })}
      onChange={(event) => props.onText(fromShown(event.target.value))}
      onDoubleClick={props.onOpen}
      // The first touch selects the cell, the next one opens it.
      onClick={() => coarse && !open && props.onOpen()}
      onCompositionStart={() => {
        composingRef.current = true;
      }}
      onCompositionEnd={() => {
        // Some systems send the Enter that picked a candidate after the end of the composition.
        setTimeout(() => {
          composingRef.current = false;
        });
      }}
    />
  );
}
