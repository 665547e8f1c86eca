import type { z } from "zod";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { formBody } from "./form-body";
import type { AddressOf, Contract, StreamedBody } from "@/lib/kernel/contract";

/** OFFLINE: the request never arrived, or no answer came back. */
export type FailureCode = AppErrorCode | "OFFLINE";

export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly fieldErrors: Record<string, string[]>;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    code: FailureCode,
    message: string,
    options: { status?: number; fieldErrors?: Record<string, string[]>; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "ApiFailure";
    this.code = code;
    this.status = options.status ?? 0;
    this.fieldErrors = options.fieldErrors ?? {};
    this.retryAfter = options.retryAfter;
  }
}

type Part<Name extends string, S extends z.ZodType> = [S] extends [z.ZodNever]
  ? { [K in Name]?: never }
  : { [K in Name]: z.input<S> extends StreamedBody ? FormData : z.input<S> };
type OptionsOf<C extends Contract> =
  C extends Contract<infer P, infer Q, infer B>
    ? Part<"params", P> &
        Part<"query", Q> &
        Part<"body", B> & { idempotencyKey?: string; signal?: AbortSignal; keepalive?: boolean }
    : never;
type AnswerOf<C extends Contract> = z.output<NonNullable<C["response"]>>;

/** A write as every client function takes it; Intent (lib/browser/intent.ts) gives it its key. */
type Keyed = { idempotencyKey: string };
export type NewWrite<Body> = { body: Body } & Keyed;
/** `id`: what the write changes. */
export type Write<Body> = { id: string; body: Body } & Keyed;
export type Client<Request, Answer> = (write: Request & Keyed) => Promise<Answer>;

export function newIdempotencyKey(): string {
  // randomUUID exists only on https and localhost; a county reaches the server by its LAN address
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    search.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  return search.toString();
}

export function apiPath(template: string, params: object = {}, query: object = {}) {
  const values: Record<string, unknown> = { ...params };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name] ?? "")),
  );
  const search = searchOf(query);
  return `/api/v1${path}${search ? `?${search}` : ""}`;
}

let pagePerson: string | null = null;

/** Who opened this page. Every write names them, so that another who signs in beside it is not taken for them. */
export function setPagePerson(userId: string): void {
  pagePerson = userId;
}

/** Named beside a write that is not sent by callApi. */
export const personHeader = (): Record<string, string> =>
  pagePerson === null ? {} : { "X-Person": pagePerson };

/** The request never arrived, or no answer came back. */
export const offline = (): Error => new ApiFailure("OFFLINE", "OFFLINE");

type WireError = {
  error?: { code?: AppErrorCode; message?: string; fieldErrors?: Record<string, string[]> };
};

export async function refusalOf(response: Response): Promise<ApiFailure> {
  const wire = (await response.json().catch(() => ({}))) as WireError;
  const after = Number(response.headers.get("retry-after") ?? NaN);
  return new ApiFailure(wire.error?.code ?? "INTERNAL", wire.error?.message ?? "INTERNAL", {
    status: response.status,
    ...(wire.error?.fieldErrors ? { fieldErrors: wire.error.fieldErrors } : {}),
    ...(Number.isFinite(after) ? { retryAfter: after } : {}),
  });
}

/** How often a server too busy to take a request is asked again before a person is told. */
const ASKED_AGAIN = 2;
/** Seconds. Whoever is told to wait longer than that is told so. */
const PATIENCE = 5;

function pause(seconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiFailure("OFFLINE", "OFFLINE");
  }
}

/** The answer; a server that is too busy just now is asked `again` as often, once it has had its seconds. */
async function ask(url: string, init: RequestInit, again: number): Promise<Response> {
  const response = await send(url, init);
  if (response.ok) return response;
  const failure = await refusalOf(response);
  const { code, retryAfter = PATIENCE + 1 } = failure;
  if (code !== "BUSY" || retryAfter > PATIENCE || again === 0) throw failure;
  await pause(retryAfter, init.signal);
  return ask(url, init, again - 1);
}

/**
 * Calls our own API, e.g. `callApi<typeof createUserContract>("POST /admin/users", …)`: another
 * address, or no contract, does not compile. Throws ApiFailure, whose message is a sentence to show.
 */
export async function callApi<C extends Contract = never>(
  address: AddressOf<C>,
  options: OptionsOf<C>,
): Promise<AnswerOf<C>> {
  const {
    params,
    query,
    body,
    idempotencyKey,
    signal,
    keepalive = false,
  } = options as {
    params?: object;
    query?: object;
    body?: unknown;
    idempotencyKey?: string;
    signal?: AbortSignal;
    /** Sent to its end even when its page is left. */
    keepalive?: boolean;
  };
  const form =
    body instanceof FormData ? formBody(body, idempotencyKey ?? newIdempotencyKey()) : null;
  const [method = "", path = ""] = address.split(" ");
  // what has no key could be done twice
  const isRepeatable = method === "GET" || idempotencyKey !== undefined;
  const again = isRepeatable && !keepalive ? ASKED_AGAIN : 0;
  const init: RequestInit = {
    method,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": form?.type ?? "application/json" }),
      ...(method === "GET" || pagePerson === null ? {} : { "X-Person": pagePerson }),
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: form ?? JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
    ...(keepalive ? { keepalive } : {}),
  };
  const response = await ask(apiPath(path, params, query), init, again);
  return (await response.json()) as AnswerOf<C>;
}

/** Why a call failed, in the form a screen needs: a code that has its sentence in `errors.code`. */
export type Failure = { code: ApiFailure["code"]; fieldErrors: Record<string, string[]> };

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return { code: error.code, fieldErrors: error.fieldErrors };
  return { code: "INTERNAL", fieldErrors: {} };
}

const UNDECIDED: readonly FailureCode[] = [
  "OFFLINE",
  "INTERNAL",
  "BUSY",
  "RATE_LIMITED",
  "UNAUTHENTICATED",
  "STEP_UP",
];

/** Did the server decide? If not, nobody knows whether it took the request. */
export function isDecided({ code }: Pick<Failure, "code">): boolean {
  return !UNDECIDED.includes(code);
}
