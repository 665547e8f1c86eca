import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { sql } from "./db";
import { logError } from "./log";
import { passwordFault } from "@/lib/kernel/password-rule";
import { hashPassword, verifyPassword } from "./password";
import { admitAddress } from "./rate-limit";
import { isStorable } from "./request-body";
import { hashSessionToken, newSessionToken, SESSION_SECONDS } from "./session-cookie";
import { callSignIn } from "./sign-in-db";

/**
 * What the sign-in page explains: "invalid", "throttled", "unavailable", "locked:<minutes>"; of a one-time password
 * "once" (choose your own), "once:<why that will not do>", "once-over".
 */
class SignInRefused extends Error {}

type Attempt = {
  user_id: string | null;
  password_hash: string | null;
  locked_seconds: number;
  once_until: Date | null;
};

const locked = (seconds: number) =>
  new SignInRefused(`locked:${Math.max(1, Math.ceil(seconds / 60))}`);

/** Where those are counted who are signed in and are asked for their password once more. */
const SIGNED_IN = "signed-in";

/** Who this is; null where name and password do not go together, or while the name rests. */
async function attempt(
  username: string,
  password: string,
  address: string,
): Promise<{ userId: string | null; restSeconds: number; onceUntil: Date | null }> {
  const [begun] = await callSignIn<Attempt>(
    sql`SELECT user_id, password_hash, locked_seconds, once_until FROM guard.begin_sign_in(${username}, ${address})`,
  );
  const fits = await verifyPassword(begun?.password_hash ?? null, password);
  const restSeconds = begun?.locked_seconds ?? 0;
  if (restSeconds > 0 || !fits || !begun?.user_id)
    return { userId: null, restSeconds, onceUntil: null };
  await callSignIn(sql`SELECT guard.sign_in_fits(${username}, ${address})`);
  return { userId: begun.user_id, restSeconds, onceUntil: begun.once_until };
}

type Typed = {
  username: string;
  password: string;
  /** One's own, in place of a one-time password; "" where none was asked for yet. */
  newPassword?: string;
};

async function check(
  { username, password, newPassword = "" }: Typed,
  address: string,
): Promise<string> {
  const typed = username.length <= 100 && password.length <= 200 && isStorable(username + password);
  if (!typed) throw new SignInRefused("invalid");
  const { userId, restSeconds, onceUntil } = await attempt(username, password, address);
  if (restSeconds > 0) throw locked(restSeconds);
  if (userId === null) throw new SignInRefused("invalid");
  if (onceUntil === null) return userId;
  if (onceUntil <= new Date()) throw new SignInRefused("once-over");
  if (newPassword === "") throw new SignInRefused("once");
  const fault =
    newPassword === password
      ? { key: "passwordUnchanged" }
      : isStorable(newPassword)
        ? passwordFault(newPassword, username)
        : { key: "characters" };
  if (fault) throw new SignInRefused(`once:${fault.key}`);
  const hash = await hashPassword(newPassword);
  await callSignIn(sql`SELECT guard.replace_once_password(${userId}::uuid, ${hash})`);
  return userId;
}

const turns = new Map<string, Promise<unknown>>();

/**
 * Attempts at one account from one address go one after another. The database counts each as failed until its password
 * is found right, so that a handful of right ones under way at once would lock the account.
 */
function inTurn<T>(who: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(who) ?? Promise.resolve()).then(work);
  const over = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(who, over);
  void over.then(() => {
    if (turns.get(who) === over) turns.delete(who);
  });
  return mine;
}

/** The id of the person with this name and password; throws SignInRefused with the reason. */
export async function checkPassword(
  username: string,
  password: string,
  address: string,
  newPassword = "",
): Promise<string> {
  try {
    // Accounts are in small letters and half width, keyboards not always.
    const name = username.normalize("NFKC").trim().toLowerCase();
    await admitAddress(address);
    const typed = { username: name, password, newPassword };
    return await inTurn(`${name} ${address}`, () => check(typed, address));
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (error instanceof AppError && error.code === "RATE_LIMITED")
      throw new SignInRefused("throttled");
    if (!(error instanceof AppError)) logError("sign-in.failed", error);
    throw new SignInRefused("unavailable");
  }
}

/** Opens a session in the database; answers the token that the cookie will carry. */
export async function openSession(
  userId: string,
  now: Date,
  way: "password" | "provider" = "password",
): Promise<string> {
  const token = newSessionToken();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await callSignIn(
    sql`SELECT guard.start_session(${userId}::uuid, ${hashSessionToken(token)}, ${expires}::timestamptz, ${way})`,
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
  const { userId, restSeconds } = await attempt(username, password, SIGNED_IN);
  if (restSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfter: Math.ceil(restSeconds) });
  return userId !== null;
}
