import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";

const SECRET = "a secret of this test alone, long enough for the environment";
process.env["NUANZHANG_CHECKPOINT_KEY"] ??= SECRET;
const { publicKeyOf, signNote } = await import("@/lib/platform/signed-note");
const { openManifest } = await import("@/lib/platform/pack-manifest");
const { packFaults } = await import("./pack-faults");
const canonicalize = (await import("canonicalize")).default;

// signed by hand as docs/verify.md tells it, so that what the program signs is what the page says
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const content = {
  format: "nuanzhang-pack/1",
  stamp: { seq: 12, asOf: "2026-01-05T01:00:00.000Z", definition: 1 },
  filter: { year: 2025, org: "630000", status: ["approved"] },
  language: "zh-CN",
  unit: "yuan",
  chain: { root: "630000", length: 12, head: "0".repeat(64) },
  files: [{ name: "ledger.csv", bytes: 3, sha256: sha256("a,b") }],
};
const digest = sha256(canonicalize(content) ?? "");
const signature = signNote(
  `nuanzhang-pack/1\n630000 2025\n12 2026-01-05T01:00:00.000Z\nsha256 ${digest}\n`,
  SECRET,
);
const manifest = JSON.stringify({ ...content, signature });
const key = publicKeyOf(SECRET);
let folder = "";

beforeEach(async () => {
  if (folder !== "") await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "nuanzhang-pack-"));
  await writeFile(join(folder, "manifest.json"), manifest);
  await writeFile(join(folder, "nuanzhang-630000-2025-12-ledger.csv"), "a,b");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const faults = () => packFaults(folder, key);

test("a folder as it was signed has no fault", async () => {
  expect(await faults()).toEqual([]);
  expect(openManifest(manifest, key)).toEqual({ manifest: content });
});

test("one byte, one file more, one less, another key, another manifest: each is named", async () => {
  await writeFile(join(folder, "nuanzhang-630000-2025-12-ledger.csv"), "a;b");
  expect(await faults()).toEqual([{ kind: "changed", file: "ledger.csv" }]);
  await rm(join(folder, "nuanzhang-630000-2025-12-ledger.csv"));
  await writeFile(join(folder, "more.txt"), "");
  expect(await faults()).toEqual([
    { kind: "missing", file: "ledger.csv" },
    { kind: "unknown", file: "more.txt" },
  ]);
  expect(await packFaults(folder, publicKeyOf("another"))).toEqual([
    { kind: "manifest", fault: "not-signed-by-it" },
  ]);
  await writeFile(join(folder, "manifest.json"), manifest.replace('"seq":12', '"seq":13'));
  expect(await faults()).toEqual([{ kind: "manifest", fault: "not-what-was-signed" }]);
  await rm(join(folder, "manifest.json"));
  expect(await faults()).toEqual([{ kind: "manifest", fault: "missing" }]);
});
