// The parts of a database's address; Prisma's own parameters in it mean nothing to pg.
const PRISMA_PARAMETERS = [
  ...["schema", "connection_limit", "pool_timeout"],
  ...["pgbouncer", "connect_timeout", "socket_timeout"],
];

/** @param {string} url */
export function schemaOf(url) {
  return new URL(url).searchParams.get("schema") ?? undefined;
}

/** @param {string} url */
export function forPg(url) {
  const address = new URL(url);
  for (const name of PRISMA_PARAMETERS) address.searchParams.delete(name);
  return address.toString();
}

/** @param {string} url */
export const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";

/** The same server's other database. @param {string} url @param {string} database */
export function besides(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
