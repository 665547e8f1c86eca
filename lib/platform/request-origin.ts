import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { env } from "./env";

const first = (value: string | null) => value?.split(",")[0]?.trim().toLowerCase() ?? "";

export function isHttps(headers: Headers): boolean {
  const { NEXTAUTH_URL } = env();
  if (NEXTAUTH_URL) return NEXTAUTH_URL.startsWith("https:");
  return first(headers.get("x-forwarded-proto")) === "https";
}

function ownHosts(headers: Headers): string[] {
  const hosts = [first(headers.get("host"))];
  if (env().TRUST_PROXY) hosts.push(first(headers.get("x-forwarded-host")));
  const { NEXTAUTH_URL } = env();
  if (NEXTAUTH_URL) hosts.push(new URL(NEXTAUTH_URL).host);
  return hosts.filter((host) => host !== "");
}

/**
 * A browser says where a request comes from; a write must come from this site. Scripts say nothing
 * and are let through: without a browser there are no cookies of somebody else to ride on.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") throw new AppError("ORIGIN");
  const origin = headers.get("origin");
  if (origin === null) return;
  if (!URL.canParse(origin)) throw new AppError("ORIGIN");
  const { host, protocol } = new URL(origin);
  // What came over plain http may have been written by anybody on the way.
  const planted = isHttps(headers) && protocol !== "https:";
  if (planted || !ownHosts(headers).includes(host.toLowerCase())) throw new AppError("ORIGIN");
}

/** Set from the socket by the server itself (see platform/door); a client cannot choose it. */
export const ADDRESS_HEADER = "x-nz-address";

/** Set by the server itself on a request with a wrong method: the methods there are. */
export const ALLOW_HEADER = "x-nz-allow";

export function clientAddress(headers: Headers): string {
  return headers.get(ADDRESS_HEADER) ?? "unknown";
}
