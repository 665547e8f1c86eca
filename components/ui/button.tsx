import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./button.module.css";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant | undefined;
  size?: "normal" | "small" | undefined;
  /** The work goes on: the button keeps its focus and its width and takes no second click. */
  busy?: boolean | undefined;
  icon?: ReactNode | undefined;
  full?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
};

export function Button({
  variant = "secondary",
  size = "normal",
  busy = false,
  icon,
  full = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const iconOnly = children === undefined || children === null;
  return (
    <button
      type={busy ? "button" : type}
      className={clsx(
        styles.button,
        styles[variant],
        size === "small" && styles.small,
        full && styles.full,
        iconOnly && styles.iconOnly,
        className,
      )}
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
