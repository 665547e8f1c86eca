import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/kernel/app-error";
import { sql } from "./db";
import { callGuard } from "./guard";
import { logError } from "./log";
import { verifyPassword } from "./password";
import { admitAddress } from "./rate-limit";
import { isStorable } from "./request-body";
import { hashSessionToken, newSessionToken, SESSION_SECONDS } from "./session-cookie";
import { callSignIn } from "./sign-in-db";

/** What the sign-in page explains: "invalid", "throttled", "unavailable", or "locked:<minutes>". */
class SignInRefused extends Error {}

type Attempt = { user_id: string; password_hash: string | null; locked_seconds: number };

const locked = (seconds: number) =>
  new SignInRefused(`locked:${Math.max(1, Math.ceil(seconds / 60))}`);

/** A name nobody has is locked like one somebody has, so that neither can be told from the other. */
async function lockUnknownName(username: string): Promise<void> {
  const key = `sign-in-name:${createHash("sha256").update(username).digest("hex")}`;
  const [row] = await callGuard<{ wait: number }>(
    sql`SELECT guard.take_token(${key}, 5, ${1 / 60}::double precision) AS wait`,
  );
  if (row && row.wait > 0) throw locked(row.wait);
}

async function check(username: string, password: string): Promise<string> {
  const typed = username.length <= 100 && password.length <= 200 && isStorable(username + password);
  if (!typed) throw new SignInRefused("invalid");
  const [attempt] = await callSignIn<Attempt>(
    sql`SELECT user_id, password_hash, locked_seconds FROM guard.begin_sign_in(${username})`,
  );
  const fits = await verifyPassword(attempt?.password_hash ?? null, password);
  if (attempt && attempt.locked_seconds > 0) throw locked(attempt.locked_seconds);
  if (!attempt) await lockUnknownName(username);
  if (!attempt || !fits) throw new SignInRefused("invalid");
  return attempt.user_id;
}

const turns = new Map<string, Promise<unknown>>();

/**
 * Attempts at one account go one after another. The database counts each as failed until its password
 * is found right, so that a handful of right ones under way at once would lock the account.
 */
function inTurn<T>(username: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(username) ?? Promise.resolve()).then(work);
  const over = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(username, over);
  void over.then(() => {
    if (turns.get(username) === over) turns.delete(username);
  });
  return mine;
}

/** The id of the person with this name and password; throws SignInRefused with the reason. */
export async function checkPassword(
  username: string,
  password: string,
  address: string,
): Promise<string> {
  try {
    // Accounts are in small letters and half width, keyboards not always.
    const name = username.normalize("NFKC").trim().toLowerCase();
    await admitAddress(address);
    return await inTurn(name, () => check(name, password));
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (error instanceof AppError && error.code === "RATE_LIMITED")
      throw new SignInRefused("throttled");
    if (!(error instanceof AppError)) logError("sign-in.failed", error);
    throw new SignInRefused("unavailable");
  }
}

/** Opens a session in the database; answers the token that the cookie will carry. */
export async function openSession(userId: string, now: Date): Promise<string> {
  const token = newSessionToken();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await callSignIn(
    sql`SELECT guard.start_session(${userId}::uuid, ${hashSessionToken(token)}, ${expires}::timestamptz)`,
  );
  return token;
}

export async function endSession(token: string, reason: "signed-out"): Promise<void> {
  await callSignIn(sql`SELECT guard.end_session(${hashSessionToken(token)}, ${reason})`);
}

export async function findIdentity(issuer: string, subject: string): Promise<string | null> {
  const [row] = await callSignIn<{ id: string | null }>(
    sql`SELECT guard.find_identity(${issuer}, ${subject}) AS id`,
  );
  return row?.id ?? null;
}

/** Asks a signed-in person for their password once more. Wrong answers count like failed sign-ins. */
export async function confirmPassword(username: string, password: string): Promise<boolean> {
  const [attempt] = await callSignIn<Attempt>(
    sql`SELECT user_id, password_hash, locked_seconds FROM guard.begin_sign_in(${username})`,
  );
  if (attempt && attempt.locked_seconds > 0)
    throw new AppError("RATE_LIMITED", { retryAfter: Math.ceil(attempt.locked_seconds) });
  return verifyPassword(attempt?.password_hash ?? null, password);
}
