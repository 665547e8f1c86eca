"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useRef, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import type { Look } from "./hatches";
import styles from "./map.module.css";

/** One area as it is painted and read. */
export type DrawnArea = {
  key: string;
  /** In full, and what it says: what is read out. */
  name: string;
  text: string;
  /** What stands on it where there is room. */
  label: string;
  /** By its class, or by a sign of its own. */
  sign: Look["sign"];
  /** 0 is the lightest of five. */
  shade: number | null;
  /** What it is made of; undefined = there is nothing. */
  href: string | undefined;
};

export type Choosing = {
  /** Where Tab comes in. */
  stop: string;
  chosen: string | null;
  choose: (key: string | null) => void;
};

type AreaMarkProps = { area: DrawnArea; choosing: Choosing; children: ReactNode };

/** An area that opens what it is made of. A finger chooses it first, so that its name is read before it opens. */
export function AreaMark({ area, choosing, children }: AreaMarkProps) {
  const router = useRouter();
  const onlyChooses = useRef(false);
  const { key, name, text, sign, shade, href } = area;
  const { stop, chosen, choose } = choosing;
  const mark = {
    className: styles.area,
    "data-area": key,
    "data-sign": sign,
    "data-shade": shade ?? undefined,
    "aria-label": `${name} ${text}`,
    tabIndex: key === stop ? 0 : -1,
    onFocus: () => choose(key),
    onPointerEnter: (event: PointerEvent<Element>) => {
      if (event.pointerType === "mouse") choose(key);
    },
    // before the finger's focus chooses it
    onPointerDown: (event: PointerEvent<Element>) => {
      onlyChooses.current = event.pointerType === "touch" && chosen !== key;
    },
  };
  if (href === undefined)
    return (
      <g {...mark} role="img">
        {children}
      </g>
    );

  function follow(event: MouseEvent<Element>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!onlyChooses.current) router.push(href as Route);
    onlyChooses.current = false;
  }

  return (
    <a {...mark} href={href} onClick={follow}>
      {children}
    </a>
  );
}
