"use client";

import { useEffect, useState, type ComponentType } from "react";
import { onceAtWork } from "@/lib/browser/at-work";

/**
 * A part that nobody sees before they do something for it. It is fetched as soon as somebody is at work in the page,
 * and then drawn at once. Where it cannot be fetched the page says so, as it does of any part of itself.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let known: ComponentType<Props> | null = null;
  const fetched = async () => (known ??= await load());
  function Later(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => known);
    useEffect(() => {
      let left = false;
      const show = (next: () => ComponentType<Props>) => {
        if (!left) setPart(next);
      };
      fetched().then(
        (part) => show(() => part),
        (error: unknown) =>
          show(() => {
            throw error;
          }),
      );
      return () => {
        left = true;
      };
    }, []);
    return Part && <Part {...props} />;
  }
  onceAtWork(() => void fetched().catch(() => undefined));
  return Later;
}
