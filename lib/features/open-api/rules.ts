type Json = Record<string, unknown>;

const ONE_OF = ["anyOf", "oneOf", "allOf"] as const;

function choices(schema: Json): Json[] {
  for (const key of ONE_OF) if (Array.isArray(schema[key])) return schema[key] as Json[];
  return [];
}

/** A type in a word or two: "integer 1–200", "string[]", "draft | submitted". */
export function typeWords(schema: Json): string {
  if (Array.isArray(schema["enum"])) return schema["enum"].map(String).join(" | ");
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  const options = choices(schema);
  if (options.length > 0) return [...new Set(options.map(typeWords))].join(" | ");
  if (schema["type"] === "array") {
    const items = typeWords((schema["items"] ?? {}) as Json);
    return items.includes(" | ") ? `(${items})[]` : `${items}[]`;
  }
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  const bounded = minimum !== undefined && maximum !== undefined && maximum < 1e9;
  return `${String(schema["type"] ?? "any")}${bounded ? ` ${minimum}–${maximum}` : ""}`;
}

const KNOWN: Record<string, unknown> = {
  organisation: "630123",
  parent: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  fundSource: "county-union",
  form: "transfer",
  fiscalYear: 2026,
  version: 1,
  username: "clerk.huangyuan",
  nameZh: "马春梅",
  nameEn: "Ma Chunmei",
};

/** A body that could be sent: required fields, and the optional ones that say something. */
export function exampleOf(schema: Json, name = "", depth = 0): unknown {
  if (name in KNOWN && depth > 0) return KNOWN[name];
  if (Array.isArray(schema["examples"])) return schema["examples"][0];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const options = choices(schema);
  const real = options.find((option) => option["type"] !== "null");
  if (real) return exampleOf(real, name, depth);
  if (schema["type"] === "object") {
    const properties = (schema["properties"] ?? {}) as Record<string, Json>;
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, exampleOf(value, key, depth + 1)]),
    );
  }
  if (schema["type"] === "array")
    return [exampleOf((schema["items"] ?? {}) as Json, name.replace(/s$/, ""), depth + 1)];
  if (schema["type"] === "integer" || schema["type"] === "number") return 1;
  if (schema["type"] === "boolean") return true;
  return "…";
}
