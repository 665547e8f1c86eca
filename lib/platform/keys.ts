import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env";

/** FIELD seals what is kept of a person, INDEX recognises it: one can be changed without the other. */
export const KEY_USES = ["FIELD", "INDEX"] as const;
export type KeyUse = (typeof KEY_USES)[number];

export type Key = {
  /** Four bytes, told from the key: another secret has another. */
  readonly id: string;
  derived(purpose: string): Buffer;
  /** What the database keeps to know it by. */
  check(): Buffer;
};

const VARIABLE = {
  FIELD: "NUANZHANG_FIELD_KEYS",
  INDEX: "NUANZHANG_INDEX_KEYS",
} as const satisfies Record<KeyUse, string>;
export const keyVariable = (use: KeyUse): string => VARIABLE[use];

const LEAST_SIGNS = 32;

function keyOf(use: KeyUse, secret: string): Key {
  const made = new Map<string, Buffer>();
  const derived = (purpose: string) => {
    const bytes =
      made.get(purpose) ??
      Buffer.from(hkdfSync("sha256", secret, "nuanzhang", `${use} ${purpose}`, 32));
    made.set(purpose, bytes);
    return bytes;
  };
  return {
    id: derived("id").subarray(0, 4).toString("hex"),
    derived,
    check: () => createHmac("sha256", derived("check")).update("nuanzhang").digest(),
  };
}

/** Derived once: deriving costs more than sealing. */
const known = new Map<string, readonly Key[]>();

/** The keys of one use, the one that is used first; throws a sentence where there is none. */
export function keysOf(use: KeyUse): readonly [Key, ...Key[]] {
  const text = env()[VARIABLE[use]] ?? "";
  const secrets = text.split(",").map((secret) => secret.trim());
  if (secrets.some((secret) => secret.length < LEAST_SIGNS))
    throw new Error(
      `Configuration: 缺少 ${VARIABLE[use]}，或其中一把不足 ${LEAST_SIGNS} 个字符。${VARIABLE[use]} is missing, or a key in it is shorter than ${LEAST_SIGNS} characters.`,
    );
  const keys = known.get(use + text) ?? secrets.map((secret) => keyOf(use, secret));
  known.set(use + text, keys);
  return keys as [Key, ...Key[]];
}

/** Checks are compared in the time of the longer one. */
export const isSameCheck = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
