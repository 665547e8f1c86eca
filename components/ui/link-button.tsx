import type { ReactNode } from "react";
import { AppLink, type AppLinkProps } from "./app-link";
import { buttonLook, type ButtonLook } from "./button-look";

export type LinkButtonProps = AppLinkProps & ButtonLook & { icon?: ReactNode | undefined };

export function LinkButton({
  variant,
  size,
  icon,
  full,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <AppLink className={buttonLook({ variant, size, full }, className)} {...rest}>
      {icon}
      {children}
    </AppLink>
  );
}
