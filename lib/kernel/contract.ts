import type { z } from "zod";

/** Which bucket a request draws from; see platform/rate-limit. */
export type RateClass = "read" | "write" | "export" | "sign-in";

/** How a body arrives: JSON is read whole, the others stream. */
export type Consumes = "json" | "multipart" | "octet-stream";

/** A body on its way, cut off at its contract's cap. */
export type StreamedBody = {
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
};

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * What crosses the wire at one URL and method. Routes, the typed client and openapi.json all read it,
 * so they cannot disagree.
 */
export type Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Verb extends Method = Method,
  Path extends string = string,
> = {
  readonly method: Verb;
  /** Path with {placeholders}, relative to /api/v1. */
  readonly path: Path;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  readonly rate: RateClass;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Default JSON. Of a stream the body is `streamedBodySchema`, and the route's `prepare` receives it. */
  readonly consumes?: Consumes;
  /** Where a body is cut off; JSON of one thing is small, and so is the default. */
  readonly maxBytes?: number;
  /** Absent where the answer is a file. */
  readonly response?: Response;
  /** Media types of a file answer. */
  readonly produces?: readonly string[];
  readonly status?: 200 | 201;
  /**
   * Asks for a password or a code anew where the session's last one is older than ten minutes: each time, or for
   * what covers the whole province.
   */
  readonly stepUp?: "always" | "whole-province";
  /**
   * Query parameters that name a moment: where one is given, whoever is writing is waited for, since what they write
   * may bear a time before it.
   */
  readonly stamps?: readonly string[];
  /** The answer holds a secret: it is given once and never stored for a repeated request. */
  readonly answersOnce?: true;
  /**
   * It carries what is known of people: given once like a secret, and its body is known again by a keyed hash, because
   * a plain one of a short roster could be guessed.
   */
  readonly personal?: true;
  /** It only asks, with a body: nothing can be written in its transaction, and no key is kept for it. */
  readonly asks?: true;
};

/** Keeps the literal types of a contract while checking its shape. */
export function contract<
  Verb extends Method,
  Path extends string,
  P extends z.ZodType = z.ZodNever,
  Q extends z.ZodType = z.ZodNever,
  B extends z.ZodType = z.ZodNever,
  R extends z.ZodType = z.ZodNever,
>(definition: Contract<P, Q, B, R, Verb, Path>): Contract<P, Q, B, R, Verb, Path> {
  return definition;
}

/** How the browser names a contract: the schemas, and zod with them, stay on the server. */
export type AddressOf<C extends Contract> = `${C["method"]} ${C["path"]}`;

/** What people without any organisation to read (administrators) may call; the rest is records and money. */
const TAGS_WITHOUT_RECORDS: readonly string[] = ["account", "reference", "audit", "admin", "jobs"];

export function needsScope(definition: Pick<Contract, "tag">): boolean {
  return !TAGS_WITHOUT_RECORDS.includes(definition.tag);
}
