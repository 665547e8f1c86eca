import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertEngine, expectedEngine } from "./version.mjs";

/** @typedef {typeof import("@prisma/schema-engine-wasm/schema_engine_bg")} Wasm */

/** @type {Promise<Wasm> | undefined} */
let loaded;

/** The engine compiled to WebAssembly, once it is known to be the one Prisma expects. */
export function loadWasm() {
  return (loaded ??= load());
}

async function load() {
  const place = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  /** @type {Wasm} */
  const glue = await import(place);
  const bytes = readFileSync(join(dirname(fileURLToPath(place)), "schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    "./schema_engine_bg.js": /** @type {WebAssembly.ModuleImports} */ (
      /** @type {unknown} */ (glue)
    ),
  });
  glue.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports["__wbindgen_start"])();
  assertEngine(glue.version(), expectedEngine());
  return glue;
}
