import type { ReactNode } from "react";

/** A cell in words, or what it shows with all that is said of it. */
export type FigureCell =
  | ReactNode
  | {
      value: ReactNode;
      /** What the figure opens. The frame follows it; a link of the framework for each would be half of the page. */
      href?: string | undefined;
      title?: string | undefined;
      /** A sign after the figure, outside its link. */
      mark?: ReactNode;
      tone?: number | undefined;
      className?: string | undefined;
    };

/** A figure, and what it opens where it opens anything. */
export const linked = (value: string, href: string | undefined): FigureCell =>
  href === undefined ? value : { value, href };
