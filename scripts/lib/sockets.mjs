// The Unix socket of the embedded Postgres: over it a statement costs both processes a tenth less than over loopback.
import { chownSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** The longest path that every system takes for a socket; Postgres adds a name of its own to the folder. */
const SOCKET_PATH_BYTES = 103;
/** @param {number} port */
const nameOf = (port) => `.s.PGSQL.${port}`;
const HIGHEST_PORT = 65_535;

/**
 * The folder beside the data; undefined where the system has no such sockets or the path is too long for one:
 * then loopback does the same work.
 * @param {string} data
 */
export function socketFolder(data) {
  const folder = join(dirname(data), "sockets");
  const fits = Buffer.byteLength(join(folder, nameOf(HIGHEST_PORT))) <= SOCKET_PATH_BYTES;
  return process.platform !== "win32" && fits ? folder : undefined;
}

/**
 * Empty, and the server's alone. What a killed server left there would be held against the next one where its
 * process number has passed to somebody else.
 * @param {string} folder @param {import("./place.mjs").Account} account
 */
export function prepareSockets(folder, account) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
}

/**
 * What an address says to go through the socket; nothing where the server listens at none, as one that an older
 * version started.
 * @param {string | undefined} folder @param {number} port
 */
export const throughSocket = (folder, port) =>
  folder && existsSync(join(folder, nameOf(port))) ? `?host=${encodeURIComponent(folder)}` : "";
