import { expect, test } from "vitest";
import { besides, databaseOf, forPg, schemaOf } from "./address.mjs";
import { readArguments } from "./arguments.mjs";
import { knownFault, rpcError } from "./faults.mjs";
import { assertEngine, expectedEngine } from "./version.mjs";
import { loadWasm } from "./wasm.mjs";

const URL_15 = "postgresql://owner:p%40ss@db.example:5433/relief?schema=ledger&pgbouncer=true";

test("the installed engine is the one that the installed Prisma was released with", async () => {
  const { commit, version } = expectedEngine();
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(version.endsWith(commit)).toBe(true);
  expect((await loadWasm()).version()).toBe(commit);
});

test("another engine is refused, and the sentence names the one to install", () => {
  const expected = { version: "7.11.0-2.bbbb", commit: "bbbb" };
  expect(() => assertEngine("bbbb", expected)).not.toThrow();
  expect(() => assertEngine("aaaa", expected)).toThrow(
    /npm install --save-exact @prisma\/schema-engine-wasm@7\.11\.0-2\.bbbb\.$/,
  );
  expect(() => assertEngine("aaaa", expected)).toThrow(/aaaa 的引擎，而所装的 prisma 需要 bbbb/);
});

test("the command line as the Prisma CLI writes it", () => {
  const datasource = JSON.stringify({ url: URL_15, shadowDatabaseUrl: "postgresql://s" });
  const flags = ["--datasource", datasource, "--extension-types", "[]", "-d", "a.prisma"];
  expect(readArguments([...flags, "--datamodels", "b.prisma"])).toEqual({
    datamodels: ["a.prisma", "b.prisma"],
    url: URL_15,
    shadowUrl: "postgresql://s",
    command: undefined,
  });
  expect(readArguments(["cli", "drop-database"]).command).toBe("drop-database");
  expect(readArguments(["--version"]).command).toBe("version");
});

test("Prisma's own parameters do not reach pg", () => {
  expect(forPg(URL_15)).toBe("postgresql://owner:p%40ss@db.example:5433/relief");
  expect(schemaOf(URL_15)).toBe("ledger");
  expect(schemaOf("postgresql://db.example/relief")).toBeUndefined();
  expect(databaseOf(URL_15)).toBe("relief");
  expect(databaseOf("postgresql://db.example")).toBe("postgres");
  expect(databaseOf(besides(URL_15, "other"))).toBe("other");
});

test.each([
  ["28P01", "P1000", /credentials for `owner` are not valid/],
  ["ECONNREFUSED", "P1001", /Can't reach database server at `db\.example:5433`/],
  ["3D000", "P1003", /Database `relief` does not exist/],
  ["42P04", "P1009", /Database `relief` already exists/],
  ["XX000", "P1011", /^internal$/],
])("%s of the database is %s for the CLI", (code, known, sentence) => {
  const fault = Object.assign(new Error("internal"), { code });
  expect(knownFault(fault, URL_15)).toEqual({
    code: known,
    message: expect.stringMatching(sentence),
  });
});

test("the engine's own faults keep their code and words; a crash of it is told apart", () => {
  const drift = Object.assign(new Error("drift"), { code: "P3005", meta: { table: "a" } });
  expect(rpcError(drift, URL_15).data).toEqual({
    is_panic: false,
    message: "drift",
    error_code: "P3005",
    meta: { table: "a" },
  });
  const crash = Object.assign(new Error("unreachable"), { name: "RuntimeError" });
  expect(rpcError(crash, undefined).data).toMatchObject({ is_panic: true, error_code: undefined });
});
