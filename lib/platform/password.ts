import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { turnstile } from "./turnstile";

/** 2 = Argon2id; the library's enum exists only at type level for isolated modules. */
const SETTINGS = { algorithm: 2, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

/** Each takes 64 MiB and a core for a tenth of a second: four at once, a short queue, then "busy". */
const AT_ONCE = 4;
const QUEUE = 60;

const inTurn = turnstile(AT_ONCE, QUEUE);

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, SETTINGS));
}

let dummy: Promise<string> | undefined;

/**
 * Does the password fit? Without a hash (no such account, or it rests) the same work is done for
 * nothing, so that the time taken tells nobody which accounts exist.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  dummy ??= hash("nobody has this password", SETTINGS);
  const known = passwordHash ?? (await dummy);
  const fits = await inTurn(() => verify(known, password).catch(() => false));
  return fits && passwordHash !== null;
}
