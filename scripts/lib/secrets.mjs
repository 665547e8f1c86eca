import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./say.mjs";

const NAMES = ["ownerPassword", "webPassword", "workerPassword", "nextAuthSecret"];
const random = () => randomBytes(24).toString("base64url");

/**
 * Passwords and keys generated once for this data folder, readable by its owner alone; one that an older
 * folder does not have yet is added.
 */
export function secretsOf(home) {
  const file = join(home, "secrets.json");
  let known = {};
  if (existsSync(file)) {
    try {
      known = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
      fail(
        `读不出 ${file}（${error.code ?? "内容损坏"}）；请以建立它的用户启动，或从备份恢复。`,
        `Cannot read ${file} (${error.code ?? "damaged"}); start as the user who made it, or restore it from a backup.`,
      );
    }
  }
  const missing = NAMES.filter((name) => !known[name]);
  if (missing.length === 0) return known;
  mkdirSync(home, { recursive: true });
  const secrets = { ...known, ...Object.fromEntries(missing.map((name) => [name, random()])) };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
}
