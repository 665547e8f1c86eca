import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { decode } from "next-auth/jwt";
import { env } from "./env";
import { isHttps } from "./request-origin";

/** However busy, a session ends after a working day. */
export const SESSION_SECONDS = 8 * 3600;

/** What the browser keeps (inside next-auth's encrypted cookie); the database knows only its hash. */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashSessionToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Under https only the __Host- cookie counts: neither a page on plain http nor one of a neighbouring name
 * (evil.example beside ledger.example) can plant that one. On plain http, localhost too, browsers refuse the
 * prefix or drop it on some (Safari), so there the cookie has none.
 */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? "__Host-" : ""}next-auth.session-token`;
}

type Opened = { token: string; until: number };

/**
 * Cookies that were opened before: deriving the key anew each time is half a millisecond, and a cookie always opens
 * to the same. As many as are in use in a large province; the oldest go first.
 */
const MOST_OPENED = 2_000;
const opened = new Map<string, Opened>();

async function open(sealed: string): Promise<Opened | undefined> {
  const claims = await decode({ token: sealed, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  const token = claims?.["token"];
  const until = claims?.["exp"];
  if (typeof token !== "string" || typeof until !== "number") return undefined;
  const found = { token, until: until * 1000 };
  const [oldest] = opened.size < MOST_OPENED ? [] : opened.keys();
  if (oldest !== undefined) opened.delete(oldest);
  opened.set(sealed, found);
  return found;
}

export type SessionCookie =
  { state: "none" } | { state: "void" } | { state: "present"; hash: string };

/** Reads the cookie only; whether the session still stands is the database's word. */
export async function readSessionCookie(
  headers: Headers,
  cookie: (name: string) => string | undefined,
): Promise<SessionCookie> {
  const sealed = cookie(sessionCookieName(isHttps(headers)));
  if (!sealed) return { state: "none" };
  const known = opened.get(sealed);
  const found = known && known.until > Date.now() ? known : await open(sealed);
  return found ? { state: "present", hash: hashSessionToken(found.token) } : { state: "void" };
}

/** One cookie's value out of a Cookie header. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
