// What every object inherits (`constructor`, `__proto__` …) is no code of ours: each place of each contract that
// takes a code answers it with what is wrong, and no other text in such a place breaks anything either.
import { beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "@/lib/kernel/contract";
import { jsonSchemaOf } from "@/lib/features/open-api/present";
import { exampleBody } from "@/lib/features/open-api/rules";
import { contracts } from "@/lib/features/open-api/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
import { approvedRecord, as, sampleFields } from "@/testing/records";

const actors = testActors(await testDatabase());

const NAMES = Object.getOwnPropertyNames(Object.prototype);

type Json = { [key: string]: unknown };
type Place = { path: (string | number)[]; code: boolean };

/** The texts a schema has room for; a code is told by its measure or by a fixed list. */
function placesOf(schema: Json, path: Place["path"] = []): Place[] {
  const branches = (schema["anyOf"] ?? schema["oneOf"]) as Json[] | undefined;
  if (branches) return branches.flatMap((branch) => placesOf(branch, path));
  if (schema["type"] === "object")
    return Object.entries((schema["properties"] ?? {}) as Record<string, Json>).flatMap(
      ([name, property]) => placesOf(property, [...path, name]),
    );
  if (schema["type"] === "array") return placesOf((schema["items"] ?? {}) as Json, [...path, 0]);
  if (schema["type"] !== "string") return [];
  const code = "enum" in schema || (schema["maxLength"] === 40 && schema["minLength"] === 1);
  return [{ path, code }];
}

function withText(base: unknown, [step, ...rest]: Place["path"], text: string): unknown {
  if (step === undefined) return text;
  if (typeof step === "number") return [withText((base as unknown[] | undefined)?.[0], rest, text)];
  const object = (base ?? {}) as Json;
  return { ...object, [step]: withText(object[step], rest, text) };
}

const people: Record<string, TestPerson> = {};
let recordId = "";
let draft = { id: "", version: 0 };
beforeAll(async () => {
  const [clerk, reviewer] = [await actors.clerk("630123"), await actors.reviewer("630100")];
  Object.assign(people, { clerk, reviewer });
  people["province"] = await actors.province();
  people["admin"] = await actors.admin();
  recordId = (await approvedRecord(clerk, reviewer)).id;
  draft = await as(clerk).create();
});

/** Somebody who may do it, so that the code itself is what is refused. */
const personFor = ({ tag, id }: Contract): TestPerson | undefined =>
  people[tag === "admin" ? "admin" : id === "createAllotment" ? "province" : "clerk"];

const bodies: Record<string, () => unknown> = {
  createDisbursement: () => ({ ...sampleFields, organisation: "630123" }),
  updateDisbursement: () => ({ version: draft.version }),
  adjustDisbursement: () => ({ version: 3, reason: "amount-wrong", words: "重新核对", replacement: sampleFields }), // prettier-ignore
};

const paramsOf = ({ id, params }: Contract): Json => {
  if (!params) return {};
  const names = Object.keys((jsonSchemaOf(params, "input")["properties"] ?? {}) as Json);
  const record = id === "updateDisbursement" ? draft.id : recordId;
  const known: Json = { id: record, year: "2026", file: "1", code: "golden-autumn" };
  return Object.fromEntries(names.map((name) => [name, known[name]]));
};

async function ask(
  contract: Contract,
  part: "params" | "query" | "body",
  place: Place,
  text: string,
) {
  const { method } = contract;
  const body =
    bodies[contract.id]?.() ??
    (contract.body && exampleBody(contract.id, jsonSchemaOf(contract.body, "input")));
  const params = paramsOf(contract);
  const query = part === "query" ? `?${place.path[0]}=${encodeURIComponent(text)}` : "";
  return call(await handlerOf(contract), personFor(contract) ?? null, {
    method,
    path: `/api/v1${contract.path}${query}`,
    params: (part === "params" ? withText(params, place.path, text) : params) as Record<
      string,
      string
    >,
    ...(method === "GET"
      ? {}
      : { body: part === "body" ? withText(body, place.path, text) : body }),
  });
}

/** Bodies last: a new programme may well be called so, and is found under that name from then on. */
const PARTS = ["params", "query", "body"] as const;
const asked = contracts.filter((contract) => contract.rate !== "export");
const places = PARTS.flatMap((part) =>
  asked.flatMap((contract) => {
    const schema = contract[part];
    if (!schema) return [];
    const side = part === "query" ? "output" : "input";
    return placesOf(jsonSchemaOf(schema, side)).map((place) => ({ contract, part, place }));
  }),
);

describe("a name that every object has", () => {
  test("is asked of the codes there are", () => {
    const codes = places.filter(({ place }) => place.code).map(({ contract, place }) => `${contract.id} ${place.path.join(".")}`); // prettier-ignore
    expect(codes).toEqual(
      expect.arrayContaining([
        "createDisbursement programme",
        "createDisbursement shares.0.fundSource",
        "updateDisbursement aidCategory",
        "adjustDisbursement replacement.recipientKind",
        "createAllotment fundSource",
        "getFigures programme.0",
        "updateProgramme code",
      ]),
    );
  });

  test.each(
    places.map((one) => ({
      name: `${one.contract.id} ${one.part} ${one.place.path.join(".")}`,
      ...one,
    })),
  )("$name", async ({ contract, part, place }) => {
    for (const text of NAMES) {
      await actors.owner.query("DELETE FROM rate_buckets");
      const { status, body } = await ask(contract, part, place, text);
      expect(status, `${text}: ${JSON.stringify(body.error)}`).toBeLessThan(500);
      // of many that are judged each row answers for itself
      const [row] = (status < 400 && contract.id === "checkDisbursementSet" ? body["items"] : []) as { code: string | null }[]; // prettier-ignore
      if (place.code && row) expect(row.code, text).not.toBeNull();
      else if (place.code) expect(status, text).toBeGreaterThanOrEqual(400);
    }
  });
});
