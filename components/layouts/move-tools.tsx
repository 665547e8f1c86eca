"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import styles from "./layouts.module.css";

type MoveToolsProps = {
  /** What is moved, as it is called. */
  what: string;
  at: number;
  count: number;
  onMove: (step: -1 | 1) => void;
  onRemove?: (() => void) | undefined;
  /** What takes the focus when it is gone. */
  after: string;
};

/** Up, down, away. Who moves something stays on the button with which they moved it. */
export function MoveTools({ what, at, count, onMove, onRemove, after }: MoveToolsProps) {
  const t = useTranslations("layoutForms");
  const group = useRef<HTMLSpanElement>(null);
  const move = (step: -1 | 1) => {
    const [up, down] = group.current?.querySelectorAll("button") ?? [];
    onMove(step);
    // a node that is put elsewhere in the page loses the focus
    requestAnimationFrame(() => {
      const other = step < 0 ? down : up;
      const own = step < 0 ? up : down;
      (own?.disabled ? other : own)?.focus();
    });
  };
  return (
    <span className={styles.tools} ref={group}>
      <Button
        size="small"
        variant="quiet"
        disabled={at === 0}
        aria-label={t("moveUp", { what })}
        icon={<ArrowUp size={16} aria-hidden />}
        onClick={() => move(-1)}
      />
      <Button
        size="small"
        variant="quiet"
        disabled={at === count - 1}
        aria-label={t("moveDown", { what })}
        icon={<ArrowDown size={16} aria-hidden />}
        onClick={() => move(1)}
      />
      {onRemove && (
        <Button
          size="small"
          variant="quiet"
          aria-label={t("removeOf", { what })}
          icon={<X size={16} aria-hidden />}
          onClick={() => {
            onRemove();
            requestAnimationFrame(() => document.getElementById(after)?.focus());
          }}
        />
      )}
    </span>
  );
}
