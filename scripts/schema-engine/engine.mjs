import { readFileSync } from "node:fs";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { connectionsTo } from "./connection.mjs";
import { log } from "./speech.mjs";
import { connectToShadow } from "./shadow.mjs";
import { loadWasm } from "./wasm.mjs";

const NOWHERE = "postgresql://offline@127.0.0.1:1/none";

/**
 * A fresh engine and fresh connections for each command: the engine's shadow database and its advisory
 * lock live as long as the connections do, and some command sequences fail on a reused engine.
 * @template T
 * @param {import("./arguments.mjs").Settings} settings
 * @param {(engine: import("@prisma/schema-engine-wasm/schema_engine_bg").SchemaEngine) => Promise<T>} use
 */
export async function withEngine({ datamodels, url, shadowUrl }, use) {
  /** @type {import("./connection.mjs").Connection[]} */
  const opened = [];
  /** @type {unknown} */
  let shadowFault; // the engine would say only that it could not connect
  const adapter = {
    ...connectionsTo(url ?? NOWHERE, opened),
    connectToShadowDb: () =>
      connectToShadow({ url, shadowUrl }, opened).catch((error) => {
        shadowFault = error;
        throw error;
      }),
  };
  const { SchemaEngine } = await loadWasm();
  const engine = await SchemaEngine.new(
    {
      datamodels: datamodels.length
        ? datamodels.map((path) => [path, readFileSync(path, "utf8")])
        : undefined,
    },
    (/** @type {unknown} */ message) => process.env.DEBUG && log("DEBUG", String(message)),
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    return await use(engine);
  } catch (error) {
    throw shadowFault ?? error;
  } finally {
    engine.free();
    await Promise.allSettled(opened.map((connection) => connection.dispose()));
  }
}
