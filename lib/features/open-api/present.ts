import { z } from "zod";
import { APP_ERROR_STATUS } from "@/lib/kernel/app-error";
import type { Contract } from "@/lib/kernel/contract";

type Json = { [key: string]: unknown };

const errorSchema: Json = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string", enum: Object.keys(APP_ERROR_STATUS) },
        message: { type: "string", description: "A sentence in the language of the request" },
        fieldErrors: {
          type: "object",
          description: "Dotted path of a field → sentences",
          additionalProperties: { type: "array", items: { type: "string" } },
        },
      },
    },
  },
};

/** The JSON Schema of what crosses the wire; `io` says from which side it is looked at. */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

export type ApiParameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Json;
};

function propertiesOf(schema: z.ZodType, where: "path" | "query"): ApiParameter[] {
  // Texts of an address become what the schema makes of them, so the outside of it says more.
  const { properties = {}, required = [] } = jsonSchemaOf(schema, "output") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || (required.includes(name) && !("default" in property)),
    schema: property,
  }));
}

const IDEMPOTENCY_KEY: ApiParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: {
    type: "string",
    maxLength: 200,
    description: "The same key with the same body answers the stored result of the first request",
  },
};

const PERSON: ApiParameter = {
  name: "X-Person",
  in: "header",
  required: false,
  schema: {
    type: "string",
    format: "uuid",
    description:
      "Who is meant to act (id of GET /me): if somebody else is signed in, 409 PERSON and nothing is done",
  },
};

export function parametersOf(contract: Contract): ApiParameter[] {
  return [
    ...(contract.params ? propertiesOf(contract.params, "path") : []),
    ...(contract.query ? propertiesOf(contract.query, "query") : []),
    ...(contract.method === "GET" || contract.asks ? [] : [IDEMPOTENCY_KEY]),
    ...(contract.method === "GET" ? [] : [PERSON]),
  ];
}

/** The ways a contract can fail, by status. */
export function errorsOf(contract: Contract): number[] {
  const reads = contract.method === "GET";
  return [
    400,
    401,
    403,
    ...(contract.params ? [404] : []),
    ...(reads ? [] : [409, 413, 415, 422]),
    429,
    503,
  ];
}

function bodyOf({ consumes }: Contract, schema: z.ZodType): Json {
  if (consumes === "multipart") return { "multipart/form-data": { schema: { type: "object" } } };
  if (consumes === "octet-stream") return { "application/octet-stream": {} };
  return { "application/json": { schema: jsonSchemaOf(schema, "input") } };
}

function answerOf(contract: Contract): Json {
  if (contract.response) {
    const schema = jsonSchemaOf(contract.response, "input");
    return { description: "Done", content: { "application/json": { schema } } };
  }
  const types = contract.produces ?? ["application/octet-stream"];
  const file = { schema: { type: "string", format: "binary" } };
  return { description: "A file", content: Object.fromEntries(types.map((t) => [t, file])) };
}

const ASKED_ANEW =
  "answers 403 STEP_UP where the session last showed a password or a code more than ten minutes ago: POST /me/proof, then send the same request again, under the same Idempotency-Key";
const STEP_UP = {
  always: `Always ${ASKED_ANEW}.`,
  "whole-province": `For the whole province (no org, the province itself, or places that half of all unions stand in) ${ASKED_ANEW}. A browser that followed a link is led to the page that asks.`,
} as const;

function operationOf(contract: Contract): Json {
  const errors = errorsOf(contract).map((status) => [
    String(status),
    { $ref: "#/components/responses/Error" },
  ]);
  return {
    operationId: contract.id,
    summary: contract.summary,
    ...(contract.stepUp ? { description: STEP_UP[contract.stepUp] } : {}),
    tags: [contract.tag],
    parameters: parametersOf(contract).map((parameter) =>
      parameter.schema["type"] === "array"
        ? { ...parameter, style: "form", explode: false }
        : parameter,
    ),
    ...(contract.body
      ? {
          requestBody: {
            required: true,
            content: bodyOf(contract, contract.body),
          },
        }
      : {}),
    responses: {
      [String(contract.status ?? 200)]: answerOf(contract),
      ...Object.fromEntries(errors),
    },
  };
}

/** OpenAPI 3.1, built from the very contracts that the routes and the client use. */
export function openApiDocument(contracts: readonly Contract[]): Json {
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    const path = (paths[contract.path] ??= {});
    path[contract.method.toLowerCase()] = operationOf(contract);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Nuanzhang",
      version: "1",
      description:
        "The relief ledger's open API; the pages use the same one. Sign in with next-auth: GET /api/auth/csrf, then POST /api/auth/callback/credentials (form: csrfToken, username, password); send the session cookie with every request. Amounts are strings of integer fen, in fields ending in Fen. Organisations, programmes and the like are codes; GET /reference names them.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
      responses: {
        Error: {
          description: "What went wrong, in a code and a sentence",
          content: { "application/json": { schema: errorSchema } },
        },
      },
    },
  };
}

type Address = { pattern: RegExp; methods: string[] };

/** Which methods each address of the API takes, for telling a wrong method from a wrong address. */
export function addressesOf(contracts: readonly Contract[]): Address[] {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of contracts) byPath.set(path, [...(byPath.get(path) ?? []), method]);
  return [...byPath].map(([path, methods]) => ({
    pattern: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, "[^/]+")}$`),
    methods: [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"],
  }));
}

/** The methods an address takes; empty where there is no such address. */
export function methodsAt(addresses: readonly Address[], path: string): string[] {
  return [...new Set(addresses.filter((a) => a.pattern.test(path)).flatMap((a) => a.methods))];
}
