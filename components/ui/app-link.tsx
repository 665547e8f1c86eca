import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps } from "react";

export type AppLinkProps = Omit<ComponentProps<typeof Link>, "href"> & {
  href: string;
  /** Loaded anew: from a page that says "not found", the framework leaves that standing where only the query changes. */
  whole?: boolean;
};

/**
 * The kit takes any address, because filters make them at run time. Pages that write a literal
 * address use next/link itself and have it checked. Nothing is fetched ahead of the click unless
 * asked for: tables hold hundreds of links.
 */
export function AppLink({
  href,
  prefetch = false,
  replace,
  scroll,
  whole = false,
  ...rest
}: AppLinkProps) {
  const download = rest.download !== undefined || href.startsWith("/api/");
  if (download || whole || !href.startsWith("/")) return <a href={href} {...rest} />;
  return (
    <Link
      href={href as Route}
      prefetch={prefetch}
      {...(replace === undefined ? {} : { replace })}
      {...(scroll === undefined ? {} : { scroll })}
      {...rest}
    />
  );
}
