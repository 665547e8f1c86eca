import "server-only";
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { keysOf, type Key } from "./keys";

// Everything of a person that is kept is sealed here and nowhere else (docs/decisions/0040).

declare const sealedAs: unique symbol;
/** A sealed value of one column, as the database takes it (\x…): no plain text fits. */
export type Sealed<Column extends string> = string & { readonly [sealedAs]: Column };

/** Where a value stands: moved anywhere else it opens nothing. */
export type Place<Column extends string = string> = {
  readonly table: string;
  readonly column: Column;
  readonly row: string;
};

const VERSION = 1;
const AES_256_GCM = 1;
const KEY_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 2 + KEY_BYTES;
const LEAST_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;
/** Lengths tell a Uyghur name from a Han one: texts fill steps. */
const STEP_BYTES = 32;
const LENGTH_BYTES = 2;

/** Why a value stays shut. Says where it stands, and nothing of what is in it. */
export class SealError extends Error {
  readonly why: "unknown-key" | "damaged";

  constructor(why: SealError["why"], { table, column, row }: Place) {
    super(`${table}.${column} of ${row} does not open: ${why}`);
    this.name = "SealError";
    this.why = why;
  }
}

/** Each part behind its length: no two places give the same bytes. */
function framed(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

const boundTo = ({ table, column, row }: Place, keyId: string) =>
  framed(["nuanzhang", table, column, row, keyId]);

const sealingKeys = new WeakMap<Key, Buffer>();
function sealingKey(key: Key): Buffer {
  const bytes = sealingKeys.get(key) ?? key.derived("seal");
  sealingKeys.set(key, bytes);
  return bytes;
}

function padded(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > 0xffff) throw new RangeError("too long to be sealed");
  const whole = Math.ceil((LENGTH_BYTES + bytes.length) / STEP_BYTES) * STEP_BYTES;
  const filled = Buffer.alloc(whole);
  filled.writeUInt16BE(bytes.length);
  bytes.copy(filled, LENGTH_BYTES);
  return filled;
}

export function seal<Column extends string>(text: string, place: Place<Column>): Sealed<Column> {
  const [key] = keysOf("FIELD");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(key), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(boundTo(place, key.id));
  const sealed = Buffer.concat([
    Buffer.from([VERSION, AES_256_GCM]),
    Buffer.from(key.id, "hex"),
    nonce,
    cipher.update(padded(text)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return `\\x${sealed.toString("hex")}` as Sealed<Column>;
}

/** Throws a SealError where no key at hand opens it, or where it is not what was sealed there. */
export function open<Column extends string>(sealed: Sealed<Column>, place: Place<Column>): string {
  const bytes = Buffer.from(sealed.slice(2), "hex");
  const isWhole = bytes.length >= LEAST_BYTES && bytes[0] === VERSION && bytes[1] === AES_256_GCM;
  if (!isWhole) throw new SealError("damaged", place);
  const id = bytes.subarray(2, HEAD_BYTES).toString("hex");
  const key = keysOf("FIELD").find((one) => one.id === id);
  if (!key) throw new SealError("unknown-key", place);
  const body = bytes.subarray(HEAD_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(key), body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(place, id));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const filled = Buffer.concat([
      decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]);
    const length = filled.readUInt16BE();
    return filled.subarray(LENGTH_BYTES, LENGTH_BYTES + length).toString("utf8");
  } catch {
    throw new SealError("damaged", place);
  }
}

/** By which a browser seals what one person types of one record, under each key at hand: the one in use first. */
export const copyKeysOf = (person: string, record: string): { id: string; key: string }[] =>
  keysOf("FIELD").map((key) => ({
    id: key.id,
    key: createHmac("sha256", key.derived("copies"))
      .update(framed([person, record]))
      .digest("base64"),
  }));

/** A digest by which a value is known again without being known; told apart by what it is of. */
export type Digest = { readonly keyId: string; readonly digest: string };

const indexed = (key: Key, of: string, parts: readonly string[]): string =>
  createHmac("sha256", key.derived(of)).update(framed(parts)).digest("hex");

/** Under each key at hand, the one in use first: what was kept under an older one is still found. */
export const digestsOf = (of: string, ...parts: string[]): Digest[] =>
  keysOf("INDEX").map((key) => ({ keyId: key.id, digest: indexed(key, of, parts) }));

/** Of a body that nobody may guess from what is kept beside its idempotency key. */
export const keyedHashOf = (text: string): string => indexed(keysOf("INDEX")[0], "body", [text]);

/** What a row said: with the nonce it can be shown, without it not even guessed. */
export const commitmentOf = (nonce: string, parts: readonly string[]): string =>
  createHash("sha256")
    .update(framed([nonce, ...parts]))
    .digest("hex");

export const freshNonce = (): string => randomBytes(16).toString("base64url");
