import clsx from "clsx";
import styles from "./button.module.css";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  size?: "normal" | "small" | undefined;
  full?: boolean | undefined;
};

/** What a button and a link that looks like one have in common. */
export function buttonLook(
  { variant = "secondary", size = "normal", full = false }: ButtonLook,
  className?: string,
): string {
  return clsx(
    styles.button,
    styles[variant],
    size === "small" && styles.small,
    full && styles.full,
    className,
  );
}
