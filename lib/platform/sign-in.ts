import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { sql } from "./db";
import { logError } from "./log";
import { passwordFault } from "@/lib/kernel/password-rule";
import { hashPassword, verifyPassword } from "./password";
import { admitAddress } from "./rate-limit";
import { isStorable } from "@/lib/kernel/typed-text";
import { hashSessionToken, newSessionToken, SESSION_SECONDS } from "./session-cookie";
import { beginFactor, factorOf, unseal, takeCode, takeRecoveryCode } from "./second-factor";
import { callSignIn } from "./sign-in-db";

/**
 * What the sign-in page explains: "invalid", "throttled", "unavailable", "locked:<minutes>"; of a one-time password
 * "once" (choose your own), "once:<why that will not do>", "once-over"; of a second factor "code" (show one),
 * "code-wrong", "factor-lost", "enrol:<secret>" (make a device known), "enrol-wrong:<secret>".
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

/** What still stands between a right password and a session; `asked` where nothing was tried yet. */
type Missing = { refused: string; asked: boolean };

async function missingFactor(userId: string, code: string): Promise<Missing | null> {
  const factor = await factorOf(userId);
  const secret = factor.sealed === null ? null : unseal(factor.sealed, userId);
  if (factor.confirmed) {
    // Under another NEXTAUTH_SECRET neither the device's codes nor those for recovery are worth anything.
    if (secret === null) return { refused: "factor-lost", asked: true };
    if (code === "") return { refused: "code", asked: true };
    const taken =
      (await takeCode(userId, factor, code, new Date())) || (await takeRecoveryCode(userId, code));
    return taken ? null : { refused: "code-wrong", asked: false };
  }
  if (factor.rule !== "REQUIRED") return null;
  if (code === "" || secret === null)
    return { refused: `enrol:${await beginFactor(userId)}`, asked: true };
  const taken = await takeCode(userId, factor, code, new Date());
  return taken ? null : { refused: `enrol-wrong:${secret}`, asked: false };
}

type Found = { userId: string | null; restSeconds: number; onceUntil: Date | null };
const nothingMissing = (): Promise<Missing | null> => Promise.resolve(null);

/**
 * Who this is; null where name and password do not go together, or while the name rests. A code that is not right
 * counts as a password that is not.
 */
async function attempt(
  username: string,
  password: string,
  address: string,
  second: (userId: string) => Promise<Missing | null> = nothingMissing,
): Promise<Found> {
  const [begun] = await callSignIn<Attempt>(
    sql`SELECT user_id, password_hash, locked_seconds, once_until FROM guard.begin_sign_in(${username}, ${address})`,
  );
  const fits = await verifyPassword(begun?.password_hash ?? null, password);
  const restSeconds = begun?.locked_seconds ?? 0;
  if (restSeconds > 0 || !fits || !begun?.user_id)
    return { userId: null, restSeconds, onceUntil: null };
  const missing = begun.once_until === null ? await second(begun.user_id) : null;
  if (missing === null) await callSignIn(sql`SELECT guard.sign_in_fits(${username}, ${address})`);
  else {
    if (missing.asked) await callSignIn(sql`SELECT guard.sign_in_half(${username}, ${address})`);
    throw new SignInRefused(missing.refused);
  }
  return { userId: begun.user_id, restSeconds, onceUntil: begun.once_until };
}

type Typed = {
  username: string;
  password: string;
  /** One's own, in place of a one-time password; "" where none was asked for yet. */
  newPassword?: string;
  /** Of the second factor, or one of the recovery codes; "" where none was asked for yet. */
  code?: string;
};

async function check(
  { username, password, newPassword = "", code = "" }: Typed,
  address: string,
): Promise<string> {
  const typed =
    username.length <= 100 &&
    password.length <= 200 &&
    code.length <= 40 &&
    isStorable(username + password + code);
  if (!typed) throw new SignInRefused("invalid");
  const { userId, restSeconds, onceUntil } = await attempt(username, password, address, (id) =>
    missingFactor(id, code),
  );
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
  const missing = await missingFactor(userId, "");
  if (missing) throw new SignInRefused(missing.refused);
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
  code = "",
): Promise<string> {
  try {
    // Accounts are in small letters and half width, keyboards not always.
    const name = username.normalize("NFKC").trim().toLowerCase();
    await admitAddress(address);
    const typed = { username: name, password, newPassword, code };
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

/** Asks a signed-in person for a code of their second factor. Wrong ones count like failed sign-ins. */
export async function confirmCode(
  { userId, username }: { userId: string; username: string },
  code: string,
): Promise<boolean> {
  const [begun] = await callSignIn<Attempt>(
    sql`SELECT user_id, locked_seconds FROM guard.begin_sign_in(${username}, ${SIGNED_IN})`,
  );
  const restSeconds = begun?.locked_seconds ?? 0;
  if (restSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfter: Math.ceil(restSeconds) });
  const taken =
    (await takeCode(userId, await factorOf(userId), code, new Date())) ||
    (await takeRecoveryCode(userId, code));
  if (!taken) return false;
  await callSignIn(sql`SELECT guard.sign_in_fits(${username}, ${SIGNED_IN})`);
  return true;
}

/** Whoever is signed in has just shown their password or a code: this session counts as proven from now on. */
export async function proveSession(sessionHash: string, userId: string): Promise<void> {
  await callSignIn(sql`SELECT guard.prove_session(${sessionHash}, ${userId}::uuid)`);
}
