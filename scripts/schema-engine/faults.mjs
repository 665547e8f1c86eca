// Faults of the database in the codes and words that the Prisma CLI knows.
import { databaseOf } from "./address.mjs";

/**
 * @typedef {{ name?: string, code?: string, message?: string, meta?: unknown }} Fault
 * @typedef {{ code: string, message: string }} Known
 */

/** @param {Fault} fault @param {string | undefined} url @returns {Known} */
export function knownFault(fault, url) {
  const address = url ? new URL(url) : undefined;
  const at = `\`${address?.hostname}:${address?.port || 5432}\``;
  const database = url ? databaseOf(url) : undefined;
  switch (fault.code) {
    case "28P01":
    case "28000":
      return {
        code: "P1000",
        message: `Authentication failed against database server, the provided database credentials for \`${address?.username}\` are not valid.`,
      };
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EHOSTUNREACH":
    case "57P03":
      return {
        code: "P1001",
        message: `Can't reach database server at ${at}\n\nPlease make sure your database server is running at ${at}.`,
      };
    case "3D000":
      return { code: "P1003", message: `Database \`${database}\` does not exist` };
    case "42P04":
      return {
        code: "P1009",
        message: `Database \`${database}\` already exists on the database server`,
      };
    default:
      return { code: "P1011", message: fault.message || String(fault) };
  }
}

/** @param {Fault} fault @param {string | undefined} url */
export function rpcError(fault, url) {
  const prismas = fault.code === undefined || /^P\d{4}$/.test(fault.code);
  const { code, message } = prismas
    ? { code: fault.code, message: fault.message ?? String(fault) }
    : knownFault(fault, url);
  return {
    code: 4466,
    message: "An error happened. Check the data field for details.",
    data: {
      is_panic: fault.name === "RuntimeError" || fault.name === "PanicError",
      message,
      error_code: code,
      meta: fault.meta ?? null,
    },
  };
}
