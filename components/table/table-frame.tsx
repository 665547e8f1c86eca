"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useRef, type HTMLAttributes, type MouseEvent } from "react";
import { useFit } from "./use-fit";
import { wholeRows } from "./whole-rows";

const HEIGHT = "--whole-rows";

function fit(frame: HTMLElement, table: HTMLTableElement): void {
  frame.style.removeProperty(HEIGHT);
  const most = Number.parseFloat(getComputedStyle(frame).maxHeight);
  // cards and paper have no frame
  if (Number.isNaN(most)) return;
  const { top } = table.getBoundingClientRect();
  const rows = [...table.rows]
    .filter((row) => row.parentElement?.tagName === "TBODY" && row.offsetHeight > 0)
    .map((row) => row.getBoundingClientRect().bottom - top);
  const foot = table.tFoot?.offsetHeight ?? 0;
  const around = frame.offsetHeight - frame.clientHeight;
  const height = wholeRows({ rows, foot, around }, most);
  frame.style.setProperty(HEIGHT, `${Math.ceil(height)}px`);
}

/** The address that a click asks for in this window; null where it asks for something else, or has been answered. */
function followed(event: MouseEvent): string | null {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented, target } = event;
  if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  const link = target instanceof Element ? target.closest("a") : null;
  const href = link?.getAttribute("href") ?? "";
  const isPage = href.startsWith("/") && !href.startsWith("/api/");
  return isPage && !link?.target && !link?.hasAttribute("download") ? href : null;
}

/** The frame that a table scrolls in. It follows the links of its figures, which are plain ones. Its rule of style takes its height from here where there is script. */
export function TableFrame(props: HTMLAttributes<HTMLDivElement>) {
  const frame = useRef<HTMLDivElement>(null);
  const router = useRouter();
  useFit(frame, fit);
  const follow = (event: MouseEvent) => {
    const href = followed(event);
    if (href === null) return;
    event.preventDefault();
    startTransition(() => router.push(href as Route));
  };
  return <div ref={frame} onClick={follow} {...props} />;
}
