import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonSchemaOf, openApiDocument } from "./present";
import { exampleBody } from "./rules";
import { contracts } from "./schema";

const ROOT = "app/api/v1";
/** Not contracts: the description itself, and what answers to unknown addresses. */
const APART = ["/openapi.json", "/{path}"];

function routesIn(folder: string, path = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      const step = entry.name.replace(/^\[(?:\.\.\.)?(\w+)\]$/, "{$1}");
      return routesIn(join(folder, entry.name), `${path}/${step}`);
    }
    if (entry.name !== "route.ts" || APART.includes(path)) return [];
    const source = readFileSync(join(folder, entry.name), "utf8");
    const methods = [...source.matchAll(/export (?:const|function|async function) ([A-Z]+)\b/g)];
    return methods.map((match) => `${match[1]} ${path}`);
  });
}

describe("contracts", () => {
  it("are exactly the routes there are", () => {
    const described = contracts.map((contract) => `${contract.method} ${contract.path}`);
    expect(described.sort()).toEqual(routesIn(ROOT).sort());
  });

  it("each have a name of their own", () => {
    const ids = contracts.map((contract) => contract.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("of every feature are in the list", () => {
    const known = new Set(contracts.map((contract) => contract.id));
    for (const feature of readdirSync("lib/features")) {
      const file = `lib/features/${feature}/schema.ts`;
      if (feature === "open-api" || !existsSync(file)) continue;
      const source = readFileSync(file, "utf8");
      for (const [, id = ""] of source.matchAll(/\n\s+id: "(\w+)",/g))
        expect(known, `${id} of ${file}`).toContain(id);
    }
  });

  it("name their path's parameters", () => {
    for (const contract of contracts) {
      const named = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(contract.params !== undefined, contract.id).toBe(named.length > 0);
    }
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument(contracts);

  it("describes every contract once, and is JSON", () => {
    const operations = Object.values(document["paths"] as Record<string, object>).flatMap((path) =>
      Object.keys(path),
    );
    expect(operations).toHaveLength(contracts.length);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it("tells lists apart from single values in addresses", () => {
    const { "/figures": figures } = document["paths"] as Record<
      string,
      { get: { parameters: { name: string; style?: string }[] } }
    >;
    const groupBy = figures?.get.parameters.find((parameter) => parameter.name === "groupBy");
    expect(groupBy).toMatchObject({ in: "query", style: "form", explode: false, required: false });
  });
});

describe("example bodies", () => {
  const written = contracts.filter((contract) => contract.body !== undefined);
  it.each(written.map((contract) => [contract.id, contract] as const))(
    "of %s would be taken",
    (id, { body }) => {
      if (!body) return;
      const example = exampleBody(id, jsonSchemaOf(body, "input"));
      expect(body.safeParse(example).error?.issues ?? []).toEqual([]);
    },
  );
});
