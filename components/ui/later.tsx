"use client";

import { useEffect, useState, type ComponentType } from "react";

/**
 * A part that nobody sees before they ask for it. It is fetched when it is first drawn, or ahead of that by `ahead`,
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
  const ahead = () => void fetched().catch(() => undefined);
  return Object.assign(Later, { ahead });
}
