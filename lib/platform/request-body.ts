import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/kernel/app-error";
import type { Consumes, StreamedBody } from "@/lib/kernel/contract";
import { isStorable } from "@/lib/kernel/typed-text";

export const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 12;
const MAX_VALUES = 50_000;
/** A body that may be longer may hold more: a value of a long table takes no less with its name. */
const BYTES_OF_A_VALUE = 40;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

function malformed(key: string): AppError {
  return new AppError("VALIDATION", { fieldErrors: { body: [{ key }] } });
}

function requireAnnounced(headers: Headers, limit: number): void {
  if (Number(headers.get("content-length") ?? "0") > limit) throw new AppError("PAYLOAD_TOO_LARGE");
}

/**
 * Counts bytes as they arrive, so that a lying or absent Content-Length buys nothing. What is too much is
 * left unread: the server lets the rest fall, and whoever sends it still gets the answer.
 */
async function* capped(body: Request["body"], limit: number): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    size += value.byteLength;
    if (size > limit) throw new AppError("PAYLOAD_TOO_LARGE");
    yield value;
  }
}

export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  requireAnnounced(request.headers, limit);
  const chunks: Uint8Array[] = [];
  for await (const chunk of capped(request.body, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const STREAM_TYPES: Record<Exclude<Consumes, "json">, RegExp> = {
  multipart: /^multipart\/form-data;.*boundary=/i,
  "octet-stream": /^application\/octet-stream$/i,
};

/** A body on its way: nothing of it is kept, and its digest is that of what has gone by. */
export function streamBody(
  request: Request,
  { consumes, limit }: { consumes: Exclude<Consumes, "json">; limit: number },
): StreamedBody & { digest: () => string } {
  const contentType = (request.headers.get("content-type") ?? "").trim();
  if (!STREAM_TYPES[consumes].test(contentType)) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  requireAnnounced(request.headers, limit);
  const hash = createHash("sha256");
  async function* bytes() {
    for await (const chunk of capped(request.body, limit)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { contentType, bytes: bytes(), digest: () => hash.copy().digest("hex") };
}

function inspect(root: unknown, limit: number): void {
  const most = Math.max(MAX_VALUES, limit / BYTES_OF_A_VALUE);
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }];
  let values = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, depth } = next;
    if (++values > most || depth > MAX_DEPTH) throw malformed("jsonDepth");
    if (typeof value === "string" && !isStorable(value)) throw malformed("characters");
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key) || !isStorable(key)) throw malformed("json");
      stack.push({ value: child, depth: depth + 1 });
    }
  }
}

function requireJsonType(headers: Headers): void {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((p) => p.trim()).find((p) => p.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type.trim() !== "application/json" || !utf8) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
}

/** The body as JSON, or an AppError that says what is wrong with it; never anything half-read. */
export async function readJson(request: Request, limit = MAX_BODY_BYTES): Promise<unknown> {
  requireJsonType(request.headers);
  const bytes = await readBytes(request, limit);
  if (bytes.byteLength === 0) throw malformed("required");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("json");
  }
  inspect(value, limit);
  return value;
}
