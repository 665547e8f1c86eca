// @prisma/adapter-pg as the schema engine needs it.
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { forPg, schemaOf } from "./address.mjs";

/**
 * What the adapter's connections have beside their public methods.
 * @typedef {import("@prisma/driver-adapter-utils").SqlDriverAdapter & {
 *   client: import("pg").Pool,
 *   onError(error: unknown): never,
 *   performIO(query: import("@prisma/driver-adapter-utils").SqlQuery): Promise<import("pg").QueryResult>,
 * }} Connection
 */

const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The engine's introspection reads the catalog's one-byte "char", which the adapter doesn't map.
 * @param {Connection} connection
 */
function readCatalogCharacters(connection) {
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  /** @type {number[]} */
  let characters = [];
  connection.performIO = async (query) => {
    const result = await performIO(query);
    characters = [];
    for (const [at, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      characters.push(at);
      field.dataTypeID = TEXT_OID;
    }
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of characters) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
}

/**
 * The adapter splits scripts at every ';', also inside $$ bodies; the native engine sends them whole.
 * @param {Connection} connection
 */
function sendScriptsWhole(connection) {
  connection.executeScript = async (script) => {
    await connection.client.query(script).catch((error) => connection.onError(error));
  };
}

/**
 * The engine and the end of a command both dispose; a pool may end only once.
 * @param {Connection} connection
 */
function disposeOnce(connection) {
  const dispose = connection.dispose.bind(connection);
  /** @type {Promise<void> | undefined} */
  let disposed;
  connection.dispose = () => (disposed ??= dispose());
}

/**
 * A factory whose connections to `url` are remembered in `opened`.
 * @param {string} url @param {Connection[]} opened
 */
export function connectionsTo(url, opened) {
  const schema = schemaOf(url);
  // one connection only: the engine's advisory lock belongs to the session
  const factory = new PrismaPg(
    { connectionString: forPg(url), max: 1 },
    schema === undefined ? {} : { schema },
  );
  /** @param {() => Promise<unknown>} open */
  const fitted = (open) => async () => {
    const connection = /** @type {Connection} */ (await open());
    opened.push(connection);
    disposeOnce(connection);
    readCatalogCharacters(connection);
    sendScriptsWhole(connection);
    return connection;
  };
  return {
    /** @type {"postgres"} */
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: fitted(() => factory.connect()),
  };
}
