import "server-only";
import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { safePath } from "@/lib/kernel/safe-path";
import { askAgain, readAs, type ReadContext, sql } from "./db";
import { callGuard } from "./guard";
import { admitPerson } from "./rate-limit";
import { readSessionCookie, type SessionCookie } from "./session-cookie";

/** Set by the proxy: the path being asked for, which a server component cannot see by itself. */
const PATH_HEADER = "x-nz-path";

const currentCookie = cache(async (): Promise<SessionCookie> => {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  return readSessionCookie(head, (name) => jar.get(name)?.value);
});

/** The session's hash and whose it is, admitted once a request however many loaders ask. */
const admitted = cache(async (): Promise<{ hash: string; actor: Actor }> => {
  const cookie = await currentCookie();
  if (cookie.state !== "present") throw new AppError("UNAUTHENTICATED");
  return { hash: cookie.hash, actor: await admitPerson(cookie.hash) };
});

type SignInReason =
  "expired" | "signed-out" | "revoked" | "role-changed" | "password-changed" | "factor-changed";

const REASONS: Record<string, SignInReason> = {
  expired: "expired",
  "signed-out": "signed-out",
  "role-changed": "role-changed",
  "password-changed": "password-changed",
  "factor-changed": "factor-changed",
};

/** Why the person has to sign in again; null where they were not signed in to begin with. */
async function endReason(): Promise<SignInReason | null> {
  const cookie = await currentCookie();
  if (cookie.state === "none") return null;
  if (cookie.state === "void") return "expired";
  const [row] = await callGuard<{ reason: string | null }>(
    sql`SELECT guard.session_end(${cookie.hash}) AS reason`,
  );
  return row?.reason ? (REASONS[row.reason] ?? "revoked") : "expired";
}

async function toSignIn(): Promise<never> {
  const reason = await endReason();
  const next = safePath((await headers()).get(PATH_HEADER));
  const query = new URLSearchParams();
  if (reason) query.set("reason", reason);
  if (next !== "/") query.set("next", next);
  const search = query.toString();
  redirect(`/sign-in${search ? `?${search}` : ""}` as Route);
}

/** Sends whoever is not signed in to the sign-in page, and others to "not found" or "not yours". */
async function orElsewhere<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "UNAUTHENTICATED") return toSignIn();
    // What an address cannot mean (a torn cursor, a code that never was) is a page that isn't there.
    if (error.code === "NOT_FOUND" || error.code === "VALIDATION") notFound();
    if (error.code === "FORBIDDEN") redirect("/forbidden" as Route);
    throw error;
  }
}

/** Who asks for the page; what they may see is decided by what reads it. */
export const readPerson = (): Promise<Actor> => orElsewhere(async () => (await admitted()).actor);

/** What a page's loader reads: one snapshot, as the person whose cookie came with the request. */
export const readPage = <T>(
  work: (context: ReadContext) => Promise<T>,
  options: { settled?: boolean } = {},
): Promise<T> =>
  orElsewhere(async () => {
    const { hash } = await admitted();
    return askAgain(() => readAs(hash, work, options));
  });
