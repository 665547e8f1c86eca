// The engine's JSON-RPC methods.
import { withEngine } from "./engine.mjs";
import { databaseOf } from "./address.mjs";
import { send } from "./speech.mjs";
import { createDatabase, runSql } from "./sql.mjs";

/** @typedef {import("./arguments.mjs").Settings} Settings */

// the CLI numbers its own requests from 1
let printId = 1_000_000;

/** @param {Settings} settings @param {string | undefined} given */
function addressOf({ url }, given) {
  const address = given ?? url;
  if (address) return address;
  throw Object.assign(new Error("A database URL is needed"), { code: "P1012" });
}

/**
 * These answer without an engine, or print.
 * @satisfies {Record<string, (settings: Settings, params: never) => Promise<unknown>>}
 */
const own = {
  /** @param {Settings} settings @param {{ datasource: { url?: string } }} params */
  async createDatabase(settings, { datasource }) {
    const target = addressOf(settings, datasource.url);
    await createDatabase(target);
    return { databaseName: databaseOf(target) };
  },
  /** @param {Settings} settings @param {{ datasourceType: { url?: string }, script: string }} params */
  async dbExecute(settings, { datasourceType, script }) {
    await runSql(addressOf(settings, datasourceType.url), script);
    return null;
  },
  /** @param {Settings} settings @param {{ datasource?: { url?: string } } | undefined} params */
  async ensureConnectionValidity(settings, params) {
    await runSql(addressOf(settings, params?.datasource?.url), "SELECT 1");
    return {};
  },
  /** @param {Settings} settings @param {import("@prisma/schema-engine-wasm").GetDatabaseVersionInput | undefined} params */
  getDatabaseVersion(settings, params) {
    return withEngine(settings, (engine) => engine.version(params ?? null));
  },
  /** @param {Settings} settings @param {import("@prisma/schema-engine-wasm").DiffParams} params */
  async diff(settings, params) {
    const { exitCode, stdout } = await withEngine(settings, (engine) => engine.diff(params));
    if (stdout != null) {
      const content = stdout.replace(/\n$/, "");
      send({ id: printId++, method: "print", params: { content } });
    }
    return { exitCode, stdout: null };
  },
};

/** These two only find the shadow database on an engine that has opened it before. */
const NEEDS_SHADOW = ["evaluateDataLoss", "createMigration"];

/** @param {Settings} settings @param {string} method @param {unknown} params as the CLI sends them */
export function answer(settings, method, params) {
  if (Object.hasOwn(own, method)) {
    const run = own[/** @type {keyof typeof own} */ (method)];
    return run(settings, /** @type {never} */ (params));
  }
  return withEngine(settings, async (engine) => {
    if (NEEDS_SHADOW.includes(method)) {
      const { migrationsList, filters } =
        /** @type {import("@prisma/schema-engine-wasm").DevDiagnosticInput} */ (params);
      await engine.devDiagnostic({ migrationsList, filters });
    }
    const run = engine[/** @type {keyof typeof engine} */ (method)];
    if (typeof run !== "function") throw new Error(`The schema engine has no method ${method}`);
    return Reflect.apply(run, engine, [params]);
  });
}
