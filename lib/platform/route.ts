import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/lib/kernel/app-error";
import { type Contract, type Method, needsScope } from "@/lib/kernel/contract";
import type { Locale } from "@/lib/kernel/preferences";
import {
  API_HEADERS,
  dispositionOf,
  errorAnswer,
  type FileAnswer,
  isFileAnswer,
  jsonText,
  localeOf,
  methodNotAllowed,
} from "./answer";
import { appendExport } from "./audit";
import { noteClaimRefusal } from "./claim-refusals";
import { asAppError, whyItTakesNothing } from "./database-error";
import { readAs, type ReadContext, sql, type Tx, writeAs, type WriteContext } from "./db";
import { answerOf, bodyHashOf, claimKey, idempotencyKeyOf, keyedBodyHashOf, storeAnswer } from "./idempotency"; // prettier-ignore
import { logError, logWarning } from "./log";
import { admit } from "./rate-limit";
import { MAX_BODY_BYTES, readJson, streamBody } from "./request-body";
import { parseInput, queryOf, refuseUnknown } from "./request-input";
import { ALLOW_HEADER, requireSameOrigin } from "./request-origin";
import { apiPolicy } from "./security-headers";
import { cookieOf, readSessionCookie } from "./session-cookie";
import { turnstile } from "./turnstile";

export { fileAnswer } from "./answer";

const EXPORT_TIMEOUT_MS = 60_000;
/** Of the ten connections, exports hold six at most: a snapshot each, and a moment for the audit entry. */
const exportTurn = turnstile(3, 20);
/** An earlier position is counted, not looked up: far back of a large ledger that takes seconds, and two are at it at most. */
const PAST_TIMEOUT_MS = 30_000;
const pastTurn = turnstile(2, 40);

type Input<P extends z.ZodType, Q extends z.ZodType> = {
  params: z.output<P>;
  query: z.output<Q>;
  now: Date;
  /** For files, which carry words; JSON answers carry codes. */
  locale: Locale;
};
type ReadInput<P extends z.ZodType, Q extends z.ZodType> = ReadContext & Input<P, Q>;
type WriteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = WriteContext &
  Input<P, Q> & { body: z.output<B> };

/** Whatever is no GET is a write; the body of one that has none is never there. */
type HandlerInput<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  V extends Method,
> = V extends "GET" ? ReadInput<P, Q> : WriteInput<P, Q, B>;

type Handler<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  V extends Method,
  X extends object = object,
> = (input: HandlerInput<P, Q, B, V> & X) => Promise<z.input<R> | FileAnswer>;

type Preparing = Omit<ReadContext, "db"> & {
  /** The hash of the session's token: to say of the session itself that it was proven. */
  session: string;
};

/**
 * What takes long and needs no connection (hashing, receiving a file), done before the transaction
 * opens: in it, a handful of such requests would hold every connection. It knows who asks, so it
 * refuses whoever may not; the handler asks again.
 */
type Prepare<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, X extends object> = (
  input: Preparing & Input<P, Q> & { body: z.output<B> },
) => Promise<X>;

type Parsed = { params: unknown; query: unknown; body: unknown; now: Date; locale: Locale };
type AnyHandler = (input: (ReadContext | WriteContext) & Parsed) => Promise<unknown>;
type AnyPrepare = (input: Preparing & Parsed) => Promise<object>;
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

async function sessionOf(request: Request): Promise<string> {
  const cookie = await readSessionCookie(request.headers, (name) =>
    cookieOf(request.headers, name),
  );
  if (cookie.state !== "present") throw new AppError("UNAUTHENTICATED");
  return cookie.hash;
}

/** An administrator reads no records, so that no door to records or sums opens at all. */
function requireScope(contract: Contract, { scope }: ReadContext): void {
  if (needsScope(contract) && scope.homes.length === 0) throw new AppError("FORBIDDEN");
}

/** Of one who reads everything: no place named, or places that half of all unions stand in. */
async function coversEverything({ scope, db }: ReadContext, query: unknown): Promise<boolean> {
  if (!scope.everything) return false;
  const named = [(query as { org?: string | string[] } | undefined)?.org ?? []].flat();
  if (named.length === 0) return true;
  const [row] = await db.rows<{ large: boolean }>(sql`
    SELECT 2 * count(*) FILTER (WHERE EXISTS (SELECT FROM organisations p
      WHERE p.code = ANY (${named}::text[]) AND o.path ^@ p.path)) >= count(*) AS large FROM organisations o`);
  return row?.large === true;
}

async function requireProof(contract: Contract, reader: ReadContext, query: unknown) {
  if (contract.stepUp === undefined) return;
  if (contract.stepUp === "whole-province" && !(await coversEverything(reader, query))) return;
  const [row] = await reader.db.rows<{ proven: boolean }>(sql`SELECT guard.is_proven() AS proven`);
  if (row?.proven !== true) throw new AppError("STEP_UP");
}

/** An old tab acts for whoever opened it, and never for who signed in later in the same browser. */
function requirePerson(headers: Headers, { actor }: Pick<ReadContext, "actor">): void {
  const named = headers.get("x-person");
  if (named !== null && named !== actor.userId) throw new AppError("PERSON");
}

async function bodyOf({ consumes, maxBytes }: Contract, schema: z.ZodType, request: Request) {
  if (consumes === undefined || consumes === "json")
    return parseInput(schema, await readJson(request, maxBytes));
  return streamBody(request, { consumes, limit: maxBytes ?? MAX_BODY_BYTES });
}

const isStream = ({ consumes = "json" }: Contract) => consumes !== "json";

/** Of a stream, that of what has gone by: `prepare` has received it by then. */
function digestOf(contract: Contract, body: unknown): string {
  if (isStream(contract)) return (body as ReturnType<typeof streamBody>).digest();
  return contract.personal ? keyedBodyHashOf(body) : bodyHashOf(body);
}

async function parseRequest(
  contract: Contract,
  request: Request,
  context: RouteContext,
): Promise<Parsed> {
  const found = queryOf(new URL(request.url).searchParams);
  if (!contract.query) refuseUnknown(found);
  return {
    params: contract.params && parseInput(contract.params, await context.params),
    query: contract.query && parseInput(contract.query, found),
    body: contract.body && (await bodyOf(contract, contract.body, request)),
    now: new Date(),
    locale: localeOf(request.headers),
  };
}

function jsonAnswer(status: number, text: string, replayed = false): Response {
  return new Response(text, {
    status,
    headers: {
      ...API_HEADERS,
      "Content-Type": "application/json; charset=utf-8",
      ...(replayed ? { "Idempotent-Replayed": "true" } : {}),
    },
  });
}

const SANDBOXED = {
  "Content-Security-Policy": `sandbox; ${apiPolicy}`,
  "X-Content-Type-Options": "nosniff",
};

function sendFile(file: FileAnswer): Response {
  return new Response(file.body, {
    headers: {
      ...API_HEADERS,
      "Content-Type": file.type,
      "Content-Disposition": dispositionOf(file.name),
      ...(file.sandboxed ? SANDBOXED : {}),
    },
  });
}

async function noteExport(tx: Tx, record: NonNullable<FileAnswer["record"]>): Promise<void> {
  if ("organisationId" in record) return appendExport(tx, record);
  await tx.run(record);
}

/**
 * Answers as soon as the handler does, but keeps the snapshot open while a streamed file is still
 * being read; a reader who goes away ends it.
 */
function answerRead(contract: Contract, hash: string, handler: AnyHandler, parsed: Parsed) {
  const exporting = contract.rate === "export";
  const asked = (parsed.query ?? {}) as Record<string, unknown>;
  const settled = contract.stamps?.some((name) => asked[name] !== undefined) ?? false;
  const read = (work: (reader: ReadContext) => Promise<void>) => {
    if (exporting)
      return exportTurn(() => readAs(hash, work, { timeoutMs: EXPORT_TIMEOUT_MS, settled }));
    if (settled) return pastTurn(() => readAs(hash, work, { timeoutMs: PAST_TIMEOUT_MS, settled }));
    return readAs(hash, work);
  };
  return new Promise<Response>((resolve, reject) => {
    read(async (reader) => {
      requireScope(contract, reader);
      await requireProof(contract, reader, parsed.query);
      const value = await handler({ ...reader, ...parsed });
      if (!isFileAnswer(value)) return resolve(jsonAnswer(200, jsonText(value)));
      const { record } = value;
      if (record) await writeAs(hash, async ({ tx }) => noteExport(tx, record));
      if (!(value.body instanceof ReadableStream)) return resolve(sendFile(value));
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const sent = value.body.pipeTo(writable);
      resolve(sendFile({ ...value, body: readable }));
      await sent;
    }).catch(reject);
  });
}

async function answerWrite(
  contract: Contract,
  hash: string,
  handler: AnyHandler,
  parsed: Parsed,
  request: Request,
): Promise<Response> {
  const key = contract.asks ? null : idempotencyKeyOf(request.headers);
  const status = contract.status ?? 200;
  const route = `${contract.method} ${new URL(request.url).pathname}`;
  const claim = key === null ? null : { key, route, bodyHash: digestOf(contract, parsed.body) };
  const work = async (writer: WriteContext, claimed: unknown[]) => {
    const { tx, actor } = writer;
    requirePerson(request.headers, writer);
    requireScope(contract, writer);
    const stored = claim && answerOf(claimed, claim);
    if (stored) return jsonAnswer(stored.status, stored.text, true);
    await requireProof(contract, writer, parsed.query);
    const text = jsonText(await handler({ ...writer, ...parsed }));
    if (claim && !contract.answersOnce && !contract.personal)
      tx.atEnd.unshift(storeAnswer(actor.userId, claim.key, { status, text }));
    return jsonAnswer(status, text);
  };
  try {
    const opens = contract.asks ? "ask" : "write";
    return await writeAs(hash, work, claim ? [claimKey(claim)] : [], opens);
  } catch (failure) {
    await noteClaimRefusal(hash, failure);
    throw failure;
  }
}

/** Runs between a short look at who is asking and the transaction, holding no connection. */
async function prepared(
  contract: Contract,
  hash: string,
  prepare: AnyPrepare,
  parsed: Parsed,
  request: Request,
): Promise<object> {
  const { actor, scope } = await readAs(hash, async (reader) => {
    requirePerson(request.headers, reader);
    requireScope(contract, reader);
    await requireProof(contract, reader, parsed.query);
    return reader;
  });
  return prepare({ actor, scope, session: hash, ...parsed });
}

/** A file that somebody follows a link to, in a browser, and no program that asks for it. */
const isFollowed = ({ produces }: Contract, { headers }: Request): boolean =>
  produces !== undefined && (headers.get("accept") ?? "").includes("text/html");

/** The page that asks, and then gives the file. */
function toProof(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  const next = encodeURIComponent(`${pathname}${search}`);
  return new Response(null, {
    status: 303,
    headers: { ...API_HEADERS, Location: `/proof?next=${next}` },
  });
}

function toAppError(failure: unknown, contract: Contract, requestId: string): AppError {
  const error = asAppError(failure);
  const asked = { requestId, route: contract.id, method: contract.method };
  if (error instanceof AppError && error.code === "BUSY" && !whyItTakesNothing(error))
    logWarning("request.busy", error.cause ?? error, asked);
  if (error instanceof AppError && error.code !== "INTERNAL") return error;
  logError("request.failed", failure, asked);
  return new AppError("INTERNAL", { cause: failure });
}

/**
 * The one door of the API: method → origin → session and rate → size and strict JSON → schema →
 * prepare → idempotency and transaction → handler → error map. The handler authorises by the actor it is given.
 * A GET reads one snapshot; anything else is one transaction, in which a contract that only `asks` can write nothing.
 */
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  V extends Method,
>(contract: Contract<P, Q, B, R, V>, handler: Handler<P, Q, B, R, V>): RouteHandler;
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  V extends Method,
  X extends object,
>(
  contract: Contract<P, Q, B, R, V>,
  prepare: Prepare<P, Q, B, X>,
  handler: Handler<P, Q, B, R, V, X>,
): RouteHandler;
export function defineRoute(contract: Contract, ...steps: unknown[]): RouteHandler {
  const reads = contract.method === "GET";
  const work = steps.at(-1) as AnyHandler;
  const first = steps.length > 1 ? (steps[0] as AnyPrepare) : undefined;
  // In the transaction, a sender in no hurry would hold a connection for as long as it pleases.
  if (isStream(contract) && !first)
    throw new Error(`${contract.id}: a stream is received in prepare`);
  return async (request, context) => {
    const requestId = randomUUID();
    try {
      if (!reads) requireSameOrigin(request.headers);
      const hash = await sessionOf(request);
      await admit(hash, contract.rate);
      const parsed = await parseRequest(contract, request, context);
      if (reads) return await answerRead(contract, hash, work, parsed);
      const extra = first ? await prepared(contract, hash, first, parsed, request) : {};
      return await answerWrite(contract, hash, work, { ...parsed, ...extra }, request);
    } catch (failure) {
      const error = toAppError(failure, contract, requestId);
      if (error.code === "STEP_UP" && isFollowed(contract, request)) return toProof(request);
      return errorAnswer(error, request.headers, requestId);
    }
  };
}

/** For addresses under /api/v1 that no contract describes, and methods that none takes. */
export function unknownRoute(request: Request): Response {
  const allowed = request.headers.get(ALLOW_HEADER);
  if (allowed !== null) return methodNotAllowed(request.headers, allowed.split(", "));
  return errorAnswer(new AppError("NOT_FOUND"), request.headers, randomUUID());
}
