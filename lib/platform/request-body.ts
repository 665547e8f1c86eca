import "server-only";
import { AppError } from "@/lib/kernel/app-error";

export const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 12;
const MAX_VALUES = 50_000;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

function malformed(key: string): AppError {
  return new AppError("VALIDATION", { fieldErrors: { body: [{ key }] } });
}

/** Counts bytes as they arrive, so that a lying or absent Content-Length buys nothing. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > limit) throw new AppError("PAYLOAD_TOO_LARGE");
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw new AppError("PAYLOAD_TOO_LARGE");
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

/** Postgres keeps neither NUL nor half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && !/\p{Cs}/u.test(text);
}

function inspect(root: unknown): void {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }];
  let values = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, depth } = next;
    if (++values > MAX_VALUES || depth > MAX_DEPTH) throw malformed("jsonDepth");
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
export async function readJson(request: Request): Promise<unknown> {
  requireJsonType(request.headers);
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  if (bytes.byteLength === 0) throw malformed("required");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("json");
  }
  inspect(value);
  return value;
}
