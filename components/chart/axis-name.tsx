import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import styles from "./chart.module.css";
import type { Narrowing } from "./prepare";

type AxisNameProps = { narrow: Narrowing | undefined; children: ReactNode };

/** A name on an axis, which narrows the page to what it names. */
export function AxisName({ narrow, children }: AxisNameProps) {
  const router = useRouter();
  if (narrow === undefined) return children;
  const { href, label, chosen } = narrow;

  function follow(event: MouseEvent<Element>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href as Route, { scroll: false });
  }

  return (
    <a
      href={href}
      aria-label={label}
      aria-current={chosen || undefined}
      className={styles.axisName}
      onClick={follow}
    >
      {children}
    </a>
  );
}
