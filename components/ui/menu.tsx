"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { AppLink } from "./app-link";
import styles from "./menu.module.css";

export type MenuProps = {
  /** What the button shows. */
  label: ReactNode;
  /** Needed when the label is only a sign. */
  ariaLabel?: string | undefined;
  /** "page": as "end" at a desk; on a phone, where the button may stand anywhere, over the page's whole width. */
  align?: "start" | "end" | "page" | undefined;
  bare?: boolean | undefined;
  size?: "normal" | "small" | undefined;
  /** Buttons, links or checkboxes; a choice closes the menu unless `stayOpen`. */
  stayOpen?: boolean | undefined;
  /** What is inside is drawn only while it is open: a page may have many long lists. */
  whenOpen?: boolean | undefined;
  children: ReactNode;
};

const focusable = "a[href], button:not([disabled]), input:not([disabled])";

/** A disclosure, not an ARIA menu: what is inside keeps its own role, and Tab goes through it as anywhere. */
export function Menu({
  label,
  ariaLabel,
  align = "start",
  bare = false,
  size = "normal",
  stayOpen = false,
  whenOpen = false,
  children,
}: MenuProps) {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: PointerEvent | FocusEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, [open]);

  function walk(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (!open) setOpen(true);
    const step = event.key === "ArrowDown" ? 1 : -1;
    requestAnimationFrame(() => {
      const items = [
        ...(root.current?.querySelectorAll<HTMLElement>(`[data-panel] :is(${focusable})`) ?? []),
      ];
      const at = items.findIndex((item) => item === document.activeElement);
      items[(at + step + items.length) % items.length]?.focus();
    });
  }

  return (
    <div className={styles.root} ref={root} onKeyDown={walk}>
      <button
        type="button"
        ref={button}
        className={clsx(bare ? styles.bare : styles.button, size === "small" && styles.small)}
        aria-expanded={open}
        aria-controls={panelId}
        aria-label={ariaLabel}
        onClick={() => setOpen(!open)}
      >
        {label}
        <ChevronDown size={14} aria-hidden className={styles.chevron} />
      </button>
      <div
        id={panelId}
        data-panel=""
        hidden={!open}
        className={clsx(
          styles.panel,
          align !== "start" && styles.end,
          align === "page" && styles.page,
        )}
        onClick={(event) => {
          const hit = event.target instanceof Element && event.target.closest("a, button");
          if (hit && !stayOpen) setOpen(false);
        }}
      >
        {(open || !whenOpen) && children}
      </div>
    </div>
  );
}

export function MenuItem({
  href,
  onSelect,
  icon,
  children,
}: {
  href?: string | undefined;
  onSelect?: (() => void) | undefined;
  icon?: ReactNode | undefined;
  children: ReactNode;
}) {
  if (href !== undefined)
    return (
      <AppLink className={styles.item} href={href}>
        {icon}
        {children}
      </AppLink>
    );
  return (
    <button type="button" className={styles.item} onClick={onSelect}>
      {icon}
      {children}
    </button>
  );
}
