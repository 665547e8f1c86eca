import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openManifest, type ManifestFault } from "@/lib/platform/pack-manifest";

const MANIFEST = "manifest.json";

type PackFault =
  | { kind: "manifest"; fault: ManifestFault | "missing" }
  | { kind: "missing" | "changed" | "unknown"; file: string };

/** Downloaded, a file bears its place, year and position before its own name. */
const ownName = (file: string): string => file.replace(/^nuanzhang-\w[\w-]*?-\d{4}-\d+-/, "");

async function digestOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of createReadStream(path)) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** What of a folder is not as its manifest was signed; no fault: everything is. */
export async function packFaults(folder: string, publicKey: string): Promise<PackFault[]> {
  const found = new Map((await readdir(folder)).map((file) => [ownName(file), join(folder, file)]));
  const path = found.get(MANIFEST);
  if (path === undefined) return [{ kind: "manifest", fault: "missing" }];
  const opened = openManifest(await readFile(path, "utf8"), publicKey);
  if ("fault" in opened) return [{ kind: "manifest", fault: opened.fault }];
  found.delete(MANIFEST);
  const faults: PackFault[] = [];
  for (const { name, bytes, sha256 } of opened.manifest.files) {
    const file = found.get(name);
    found.delete(name);
    if (file === undefined) {
      faults.push({ kind: "missing", file: name });
      continue;
    }
    const now = await digestOf(file);
    if (now.sha256 !== sha256 || now.bytes !== bytes) faults.push({ kind: "changed", file: name });
  }
  return [...faults, ...[...found.keys()].map((file): PackFault => ({ kind: "unknown", file }))];
}

const MANIFEST_WORDS: Record<ManifestFault | "missing", string> = {
  missing: "没有 manifest.json。There is no manifest.json.",
  "not-a-manifest": "manifest.json 不是资料包的清单。manifest.json is no manifest of a pack.",
  "not-a-note": "清单的签名读不出。The signature of the manifest cannot be read.",
  "not-a-key": "给出的不是公钥。This is no public key.",
  "not-signed-by-it": "清单不是用这把钥匙签的。The manifest was not signed by this key.",
  "signature-wrong": "清单的签名不符。The signature of the manifest does not hold.",
  "not-what-was-signed": "清单在签名后被改过。The manifest was changed after it was signed.",
};

export function packSentence(fault: PackFault): string {
  if (fault.kind === "manifest") return MANIFEST_WORDS[fault.fault];
  const { file } = fault;
  if (fault.kind === "missing") return `缺 ${file}。${file} is missing.`;
  if (fault.kind === "changed") return `${file} 被改过。${file} was changed.`;
  return `${file} 不在清单里。${file} is not in the manifest.`;
}
