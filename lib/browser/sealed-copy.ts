/**
 * What is typed of people and not saved yet: in this browser, sealed under a key that the server hands out to who is
 * signed in and that is held in memory alone (docs/decisions/0047). By person, record and window, as other copies are.
 */
const PREFIX = "nz-sealed:";
const IV_BYTES = 12;
/** Texts fill steps: how long it is says little of what is in it. */
const STEP = 512;

export type SealedCopy = {
  /** The record. */
  subject: string;
  /** The window that typed it. */
  writer: string;
  /** What a person calls the record; nothing of anybody in it. */
  title: string;
  /** The record's version that it was typed over. */
  baseVersion: number;
  at: string;
  keyId: string;
  iv: string;
  text: string;
};

type Owned = Pick<SealedCopy, "subject" | "writer">;
const keyOf = (person: string, { subject, writer }: Owned) =>
  `${PREFIX}${person}:${subject}:${writer}`;

/** Web Crypto is there on https and on this machine; storage may be full or forbidden. */
export const canSeal = (): boolean => (globalThis.crypto as Crypto | undefined)?.subtle !== undefined; // prettier-ignore

function whereStorageAllows<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Who signed out in this window: what a page still has in hand of theirs is kept no more, until they have keys again. */
const gone = new Set<string>();

/** Answers whether it is kept. */
export const keepSealed = (person: string, copy: SealedCopy): boolean =>
  whereStorageAllows(() => {
    if (gone.has(person)) return false;
    localStorage.setItem(keyOf(person, copy), JSON.stringify(copy));
    return true;
  }) ?? false;

export function dropSealed(person: string, copy: Owned): void {
  whereStorageAllows(() => localStorage.removeItem(keyOf(person, copy)));
}

/** Of one record, or of all; the latest first. */
export function listSealed(person: string, subject?: string): SealedCopy[] {
  const prefix = `${PREFIX}${person}:${subject === undefined ? "" : `${subject}:`}`;
  const found = whereStorageAllows(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => JSON.parse(localStorage.getItem(key) ?? "null") as SealedCopy | null)
      .filter((copy) => copy !== null),
  );
  return (found ?? []).sort((one, other) => other.at.localeCompare(one.at));
}

/** When somebody leaves: a page of theirs that closes now would keep once more what is typed there. */
export function dropAllSealed(person: string): void {
  gone.add(person);
  for (const copy of listSealed(person)) dropSealed(person, copy);
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let signs = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    signs += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(signs);
}

export type CopyKeys = { person: string; keys: { id: string; key: CryptoKey }[] };

/** Never to be read out again, not even by this page. */
export async function heldKeys(given: {
  person: string;
  keys: { id: string; key: string }[];
}): Promise<CopyKeys> {
  const held = given.keys.map(async ({ id, key }) => ({
    id,
    key: await crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt", "decrypt"]), // prettier-ignore
  }));
  gone.delete(given.person);
  return { person: given.person, keys: await Promise.all(held) };
}

/** Moved to another person, record or key it opens nothing. */
const boundTo = (person: string, subject: string, keyId: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(["nuanzhang", "roster", person, subject, keyId]));

/** Null where there is no key. */
export async function sealCopy(
  { person, keys }: CopyKeys,
  copy: Omit<SealedCopy, "keyId" | "iv" | "text">,
  text: string,
): Promise<SealedCopy | null> {
  const [first] = keys;
  if (!first) return null;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const additionalData = boundTo(person, copy.subject, first.id);
  const plain = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / STEP) * STEP));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData, tagLength: 128 }, first.key, plain); // prettier-ignore
  return { ...copy, keyId: first.id, iv: textOf(iv), text: textOf(new Uint8Array(sealed)) };
}

/** Null where no key at hand opens it, or it is not what was sealed. */
export async function openCopy(
  { person, keys }: CopyKeys,
  copy: SealedCopy,
): Promise<string | null> {
  const held = keys.find(({ id }) => id === copy.keyId);
  if (!held) return null;
  const additionalData = boundTo(person, copy.subject, held.id);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytesOf(copy.iv), additionalData, tagLength: 128 },
      held.key,
      bytesOf(copy.text),
    );
    return new TextDecoder().decode(plain).trimEnd();
  } catch {
    return null;
  }
}
