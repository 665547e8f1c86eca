"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode } from "react";
import styles from "./explain.module.css";

/** A word and its meaning. It opens by click, touch and Enter; nothing hides in a hover. */
export function Explain({ term, children }: { term: string; children: ReactNode }) {
  const t = useTranslations("common");
  const [open, setOpen] = useState(false);
  const noteId = useId();
  return (
    <span
      className={styles.root}
      onKeyDown={(event) => {
        if (event.key === "Escape") setOpen(false);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={noteId}
        aria-label={t("explain", { term })}
        onClick={() => setOpen(!open)}
      >
        <CircleHelp size={14} aria-hidden />
      </button>
      <span id={noteId} role="note" hidden={!open} className={styles.note}>
        {children}
      </span>
    </span>
  );
}
