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
  "fieldKeys",
  "indexKeys",
]);
/** Without these, names are lost: whoever has them made is told so at that start. */
const KEYS_OF_PEOPLE = /** @type {const} */ ({
  fieldKeys: "NUANZHANG_FIELD_KEYS",
  indexKeys: "NUANZHANG_INDEX_KEYS",
});
let madeInto = "";

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
  if (!kept.fieldKeys || !kept.indexKeys) madeInto = file;
  return secrets;
}

/** @param {string} file */
function sayToBackUp(file) {
  process.stderr.write(
    `⚠ 已生成加密个人信息的密钥，存放在 ${file}（fieldKeys、indexKeys）。请马上把这个文件另存到别处，与数据库备份分开保管：没有它，姓名、证件号码和账号再也读不出来，谁也恢复不了。\n` +
      `⚠ Keys that seal what is kept of people were made and stand in ${file} (fieldKeys, indexKeys). Copy that file elsewhere now, apart from the database's backups: without it names, document numbers and accounts can never be read again, by anybody.\n`,
  );
}

/**
 * The keys into the environment: as it has them, else from the file that it names (…_KEYS_FILE), else from the data
 * folder, where they are made once.
 * @param {string} home
 */
export function takeKeys(home) {
  // what they seal lies beside them, unless another place is named
  process.env.NUANZHANG_OBJECTS ||= join(home, "objects");
  process.env.NUANZHANG_CHECKPOINT_KEY ||= secretsOf(home).checkpointKey;
  for (const [name, variable] of Object.entries(KEYS_OF_PEOPLE)) {
    if (process.env[variable]) continue;
    const file = process.env[`${variable}_FILE`];
    if (file) {
      process.env[variable] = keysIn(file, variable);
      continue;
    }
    process.env[variable] = secretsOf(home)[/** @type {keyof typeof KEYS_OF_PEOPLE} */ (name)];
    if (madeInto) sayToBackUp(madeInto);
    madeInto = "";
  }
}

/** One key a line, or commas between them. @param {string} file @param {string} variable */
function keysIn(file, variable) {
  try {
    return readFileSync(file, "utf8")
      .trim()
      .split(/[\s,]+/)
      .join(",");
  } catch (error) {
    return fail(
      `读不出 ${variable}_FILE 指的 ${file}（${error.code ?? "未知原因"}）。`,
      `Cannot read ${file}, which ${variable}_FILE names (${error.code ?? "unknown"}).`,
    );
  }
}
