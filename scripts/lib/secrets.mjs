import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./say.mjs";

const random = () => randomBytes(24).toString("base64url");
const NAMES = /** @type {const} */ ([
  "ownerPassword",
  "webPassword",
  "signInPassword",
  "workerPassword",
  "publicPassword",
  "nextAuthSecret",
  "checkpointKey",
]);

/** @typedef {Record<typeof NAMES[number], string>} Secrets */

/** @param {string} file @returns {Partial<Secrets>} */
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

/** A new password would open nothing: the old one is in the database. @param {string} home @param {string} data */
export function requireOwnerPassword(home, data) {
  const file = join(home, "secrets.json");
  if (read(file).ownerPassword) return;
  fail(
    `找不到 ${file} 里的数据库密码，而数据目录 ${data} 中已有数据；请从备份恢复这个文件，或把数据移走后重新开始。`,
    `The database's password in ${file} is lost, while ${data} holds data; restore that file from a backup, or move the data away to begin anew.`,
  );
}

/**
 * Passwords and keys generated once for this data folder, readable by its owner alone; one that an older folder
 * does not have yet is added.
 * @param {string} home @returns {Secrets}
 */
export function secretsOf(home) {
  const file = join(home, "secrets.json");
  const kept = read(file);
  if (NAMES.every((name) => kept[name])) return /** @type {Secrets} */ (kept);
  mkdirSync(home, { recursive: true });
  const made = Object.fromEntries(NAMES.map((name) => [name, kept[name] || random()]));
  const secrets = /** @type {Secrets} */ ({ ...kept, ...made });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
}
