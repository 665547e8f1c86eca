import clsx from "clsx";
import type { ReactNode } from "react";
import { AppLink, type AppLinkProps } from "./app-link";
import type { ButtonVariant } from "./button";
import styles from "./button.module.css";

export type LinkButtonProps = AppLinkProps & {
  variant?: ButtonVariant | undefined;
  size?: "normal" | "small" | undefined;
  icon?: ReactNode | undefined;
  full?: boolean | undefined;
};

export function LinkButton({
  variant = "secondary",
  size = "normal",
  icon,
  full = false,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <AppLink
      className={clsx(
        styles.button,
        styles[variant],
        size === "small" && styles.small,
        full && styles.full,
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </AppLink>
  );
}
