import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { env } from "./env";
import { openNote, signNote, type NoteFault } from "./signed-note";

const FORMAT = "nuanzhang-pack/1";
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

const contentSchema = z.strictObject({
  format: z.literal(FORMAT),
  stamp: z.strictObject({ seq: z.int().min(0), asOf: z.string(), definition: z.int() }),
  filter: z.strictObject({ year: z.int(), org: z.string(), status: z.array(z.string()) }),
  language: z.string(),
  unit: z.string(),
  /** Null: nothing had been written into the chain yet. */
  chain: z.strictObject({ root: z.string(), length: z.int(), head: digestSchema }).nullable(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int().min(0), sha256: digestSchema })),
});
export type PackManifest = z.infer<typeof contentSchema>;
const manifestSchema = contentSchema.extend({ signature: z.string() });

/** What is signed: the digest of everything the manifest says, in the one way that JSON is written by RFC 8785. */
function signedText(content: PackManifest): string {
  const digest = createHash("sha256")
    .update(canonicalize(content) ?? "")
    .digest("hex");
  const { year, org } = content.filter;
  return `${FORMAT}\n${org} ${year}\n${content.stamp.seq} ${content.stamp.asOf}\nsha256 ${digest}\n`;
}

/** The same manifest is the same bytes: nothing in it is of the moment it is written. */
export function manifestText(content: Omit<PackManifest, "format">): string {
  const whole: PackManifest = { format: FORMAT, ...content };
  const signature = signNote(signedText(whole), env().NUANZHANG_CHECKPOINT_KEY);
  return `${JSON.stringify({ ...whole, signature }, null, 2)}\n`;
}

export type ManifestFault = NoteFault | "not-a-manifest" | "not-what-was-signed";

/** What this key has signed, or why it is not that. */
export function openManifest(
  text: string,
  publicKey: string,
): { manifest: PackManifest } | { fault: ManifestFault } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: "not-a-manifest" };
  }
  const read = manifestSchema.safeParse(json);
  if (!read.success) return { fault: "not-a-manifest" };
  const { signature, ...manifest } = read.data;
  const opened = openNote(signature, publicKey);
  if ("fault" in opened) return opened;
  return opened.text === signedText(manifest) ? { manifest } : { fault: "not-what-was-signed" };
}
