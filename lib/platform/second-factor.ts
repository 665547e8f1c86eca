import "server-only";
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, randomInt } from "node:crypto"; // prettier-ignore
import { Secret, TOTP } from "otpauth";
import { sql } from "./db";
import { env } from "./env";
import { callSignIn } from "./sign-in-db";

/** RFC 6238 as every authenticator has it. */
const SETTINGS = { algorithm: "SHA1", digits: 6, period: 30 } as const;
const PERIOD_MS = SETTINGS.period * 1000;
const TAG_BYTES = 16;
const IV_BYTES = 12;

const derived = (use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "nuanzhang", `second-factor ${use}`, 32));

/** Which key sealed it: told from the key, so that another secret is noticed and not taken for tampering. */
const keyIdOf = (key: Buffer) => createHash("sha256").update(key).digest("hex").slice(0, 8);

/** AES-256-GCM bound to its owner: moved to another account it opens nothing. */
function seal(secret: string, userId: string): string {
  const key = derived("seal");
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(`second_factors ${userId}`));
  const sealed = Buffer.concat([iv, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]); // prettier-ignore
  return `${keyIdOf(key)}.${sealed.toString("base64url")}`;
}

/** Null where another key sealed it. */
export function unseal(sealed: string, userId: string): string | null {
  const key = derived("seal");
  const [keyId = "", text = ""] = sealed.split(".");
  if (keyId !== keyIdOf(key)) return null;
  const bytes = Buffer.from(text, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`second_factors ${userId}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
  return Buffer.concat([opened, decipher.final()]).toString("utf8");
}

/** The half minute whose code this is: the present one, the one before or the one after; null where it is none's. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const totp = new TOTP({ ...SETTINGS, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / PERIOD_MS) + delta;
}

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const RECOVERY_CODES = 10;
const half = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/** Keyed, so that whoever has the table alone cannot guess their way back. */
const recoveryHash = (userId: string, code: string) =>
  createHmac("sha256", derived("recovery")).update(`${userId} ${code}`).digest("hex");

/** As people type it: spaces and hyphens or not, wide or narrow. */
const plain = (typed: string) =>
  typed.normalize("NFKC").toLowerCase().replace(/[^0-9a-z]/g, ""); // prettier-ignore

export type Factor = { sealed: string | null; confirmed: boolean; rule: string };

export async function factorOf(userId: string): Promise<Factor> {
  const [row] = await callSignIn<Factor>(
    sql`SELECT sealed, confirmed, rule FROM guard.factor_of(${userId}::uuid)`,
  );
  return row ?? { sealed: null, confirmed: false, rule: "OFF" };
}

/** Answers the secret that the device is to know, once. */
export async function beginFactor(userId: string): Promise<string> {
  const secret = new Secret({ size: 20 }).base32;
  await callSignIn(sql`SELECT guard.begin_factor(${userId}::uuid, ${seal(secret, userId)})`);
  return secret;
}

async function taken(query: ReturnType<typeof sql>): Promise<boolean> {
  const [row] = await callSignIn<{ used: boolean }>(query);
  return row?.used === true;
}

/** Takes a code of the device, once; the first one confirms the device. */
export async function takeCode(
  userId: string,
  { sealed }: Factor,
  typed: string,
  now: Date,
): Promise<boolean> {
  const code = plain(typed);
  const secret = sealed === null ? null : unseal(sealed, userId);
  const step = secret !== null && /^\d{6}$/.test(code) ? stepOf(secret, code, now) : null;
  return step !== null && taken(sql`SELECT guard.use_step(${userId}::uuid, ${step}::bigint) AS used`); // prettier-ignore
}

export async function takeRecoveryCode(userId: string, typed: string): Promise<boolean> {
  const code = plain(typed);
  if (code.length !== 10) return false;
  const hash = recoveryHash(userId, code);
  return taken(sql`SELECT guard.use_recovery_code(${userId}::uuid, ${hash}) AS used`);
}

/** Ten new ones; the old ones are worth nothing from here on. */
export async function makeRecoveryCodes(userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => `${half()}-${half()}`);
  const hashes = codes.map((code) => recoveryHash(userId, plain(code)));
  await callSignIn(sql`SELECT guard.keep_recovery_codes(${userId}::uuid, ${hashes}::text[])`);
  return codes;
}
