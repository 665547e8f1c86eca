"use client";

import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { buttonLook, type ButtonLook } from "./button-look";
import styles from "./button.module.css";
import { useEarlyPress } from "./early";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  ButtonLook & {
    /** The work goes on: the button keeps its focus and its width and takes no second click. */
    busy?: boolean | undefined;
    icon?: ReactNode | undefined;
    ref?: Ref<HTMLButtonElement> | undefined;
  };

export function Button({
  variant,
  size,
  busy = false,
  icon,
  full,
  type = "button",
  className,
  children,
  onClick,
  ref,
  ...rest
}: ButtonProps) {
  const own = useEarlyPress(ref);
  const iconOnly = children === undefined || children === null;
  return (
    <button
      ref={own}
      type={busy ? "button" : type}
      className={buttonLook({ variant, size, full }, clsx(iconOnly && styles.iconOnly, className))}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      {...rest}
    >
      {busy ? <LoaderCircle className={styles.spinner} size={16} aria-hidden /> : icon}
      {children}
    </button>
  );
}
