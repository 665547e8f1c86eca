import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./say.mjs";

const random = () => randomBytes(24).toString("base64url");
const NAMES = ["ownerPassword", "webPassword", "signInPassword", "nextAuthSecret"];

function read(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return fail(
      `读不出 ${file}（${error.code ?? "内容损坏"}）；请以建立它的用户启动，或从备份恢复。`,
      `Cannot read ${file} (${error.code ?? "damaged"}); start as the user who made it, or restore it from a backup.`,
    );
  }
}

/** Passwords and keys generated once for this data folder, readable by its owner alone. */
export function secretsOf(home) {
  const file = join(home, "secrets.json");
  const kept = read(file);
  const missing = NAMES.filter((name) => !kept[name]);
  if (missing.length === 0) return kept;
  mkdirSync(home, { recursive: true });
  const secrets = { ...kept, ...Object.fromEntries(missing.map((name) => [name, random()])) };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
}
