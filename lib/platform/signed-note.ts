import "server-only";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

// Signed notes as C2SP describes them: a text, an empty line, and a line for each signer with
// base64(key id ‖ Ed25519 signature). Whoever else signs (an audit committee) adds a line of its own.

const SIGNER = "nuanzhang";
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const ED25519 = Buffer.from([1]);

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Any secret text is a key: its SHA-256 is the seed. */
function privateKeyOf(secret: string): KeyObject {
  const key = Buffer.concat([PKCS8, sha256("nuanzhang checkpoint\0", secret)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

const rawPublicKey = (key: KeyObject) =>
  createPublicKey(key).export({ format: "der", type: "spki" }).subarray(SPKI.length);

const keyIdOf = (name: string, raw: Buffer) => sha256(name, "\n", ED25519, raw).subarray(0, 4);

/** The public key as one line: name+id+key. This is what may be handed round. */
export function publicKeyOf(secret: string): string {
  const raw = rawPublicKey(privateKeyOf(secret));
  const id = keyIdOf(SIGNER, raw).toString("hex");
  return `${SIGNER}+${id}+${Buffer.concat([ED25519, raw]).toString("base64")}`;
}

/** `text` ends in a newline. */
export function signNote(text: string, secret: string): string {
  const key = privateKeyOf(secret);
  const signature = sign(null, Buffer.from(text), key);
  const line = Buffer.concat([keyIdOf(SIGNER, rawPublicKey(key)), signature]).toString("base64");
  return `${text}\n— ${SIGNER} ${line}\n`;
}

function readKey(line: string): { name: string; id: Buffer; key: KeyObject } | null {
  const [, name = "", id = "", encoded = ""] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line.trim()) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 33 || bytes[0] !== 1) return null;
  const raw = bytes.subarray(1);
  if (keyIdOf(name, raw).toString("hex") !== id) return null;
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  return { name, id: Buffer.from(id, "hex"), key };
}

export type NoteFault = "not-a-note" | "not-a-key" | "not-signed-by-it" | "signature-wrong";

/** The text of a note that this key has signed. Other people's lines are passed over; a wrong one of this key is not. */
export function openNote(note: string, publicKey: string): { text: string } | { fault: NoteFault } {
  const key = readKey(publicKey);
  if (!key) return { fault: "not-a-key" };
  const end = note.lastIndexOf("\n\n");
  if (end < 0) return { fault: "not-a-note" };
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2).split("\n")) {
    const [, name, encoded = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded, "base64");
    if (name !== key.name || !bytes.subarray(0, 4).equals(key.id)) continue;
    return verify(null, Buffer.from(text), key.key, bytes.subarray(4))
      ? { text }
      : { fault: "signature-wrong" };
  }
  return { fault: "not-signed-by-it" };
}
