import "server-only";
import { randomUUID } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { AppError } from "@/lib/kernel/app-error";
import { API_HEADERS, errorAnswer } from "./answer";
import { authOptions } from "./auth";
import { asAppError } from "./database-error";
import { logError } from "./log";
import { isStorable } from "@/lib/kernel/typed-text";
import { readBytes } from "./request-body";
import { isHttps, requireSameOrigin } from "./request-origin";

const MAX_FORM_BYTES = 16 * 1024;

/** What next-auth is asked for here; its other actions are closed. */
const OPEN: Record<"GET" | "POST", RegExp> = {
  GET: /^(csrf|providers|session|signin|signout|error|callback\/oidc)$/,
  POST: /^(signin\/(credentials|oidc)|callback\/credentials|signout)$/,
};

/**
 * What a browser kept of pages goes with the session, so that "back" shows nobody's records. Not its storage:
 * there lies what has been typed and not been sent, which is its owner's. Not the cookies: the language is one.
 */
const FORGET = '"cache"';

type Values = Record<string, string>;

const storable = (entries: Iterable<[string, string]>): Values =>
  Object.fromEntries([...entries].filter(([key, value]) => isStorable(key) && isStorable(value)));

/** next-auth answers 500 to a callback address it cannot parse; one we would not follow goes here. */
function readableQuery(search: URLSearchParams): Values {
  const { callbackUrl, error, ...query } = storable(search);
  return {
    ...query,
    ...(callbackUrl && /^(\/|https?:)/.test(callbackUrl) && URL.canParse(callbackUrl, "http://x")
      ? { callbackUrl }
      : {}),
    ...(error && /^[\w:.-]{1,60}$/.test(error) ? { error } : {}),
  };
}

function readableCookies(headers: Headers): Values {
  const cookies: Values = {};
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    const raw = part.slice(at + 1).trim();
    if (at <= 0 || !name.includes("next-auth.")) continue;
    const value = /%(?![0-9a-f]{2})/i.test(raw) ? raw : decode(raw);
    if (!name.endsWith("callback-url") || /^https?:/.test(value)) cookies[name] = value;
  }
  return cookies;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function formOf(request: Request): Promise<Values> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const text = new TextDecoder().decode(await readBytes(request, MAX_FORM_BYTES));
  if (type === "application/x-www-form-urlencoded") return storable(new URLSearchParams(text));
  if (type !== "application/json") throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) throw new SyntaxError("not an object");
    const texts = Object.entries(value).filter(([, v]) => typeof v === "string");
    return storable(texts);
  } catch {
    throw new AppError("VALIDATION", { fieldErrors: { body: [{ key: "json" }] } });
  }
}

/** The part of a page-router answer that next-auth writes to, collected into a Response. */
class Collected {
  readonly headers = new Headers(API_HEADERS);
  code = 200;
  body: string | null = null;
  status(code: number) {
    this.code = code;
    return this;
  }
  getHeader(name: string) {
    return name.toLowerCase() === "set-cookie" ? this.headers.getSetCookie() : undefined;
  }
  setHeader(name: string, value: string | string[]) {
    this.headers.delete(name);
    for (const one of [value].flat()) this.headers.append(name, one);
    return this;
  }
  json(value: unknown) {
    this.setHeader("Content-Type", "application/json; charset=utf-8");
    this.body = JSON.stringify(value);
  }
  send(value: unknown) {
    if (typeof value === "string") this.body = value;
    else if (value !== undefined) this.json(value);
  }
  end() {}
}

async function answer(request: Request, path: string[]): Promise<Response> {
  const method = request.method === "POST" ? "POST" : "GET";
  if (!OPEN[method].test(path.join("/"))) throw new AppError("NOT_FOUND");
  if (method === "POST") requireSameOrigin(request.headers);
  const form = method === "POST" ? await formOf(request) : {};
  const query = readableQuery(new URL(request.url).searchParams);
  const asked = {
    method,
    headers: Object.fromEntries(request.headers),
    cookies: readableCookies(request.headers),
    query: { ...query, nextauth: path },
    body: form,
  };
  const collected = new Collected();
  await NextAuth(
    asked as unknown as NextApiRequest,
    collected as unknown as NextApiResponse,
    authOptions(isHttps(request.headers)),
  );
  const { code, headers, body } = collected;
  if (code >= 500) throw new AppError("VALIDATION");
  if (method === "POST" && path[0] === "signout") headers.set("Clear-Site-Data", FORGET);
  return new Response(body, { status: code, headers });
}

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth behind our own walls: closed actions, a byte cap, same origin, and never a 500 for bad input. */
export async function authDoor(request: Request, context: Context): Promise<Response> {
  const requestId = randomUUID();
  try {
    return await answer(request, (await context.params).nextauth);
  } catch (failure) {
    const error = asAppError(failure);
    if (error instanceof AppError) return errorAnswer(error, request.headers, requestId);
    // A Host header that is no address, and the like: next-auth throws what it cannot parse.
    if (failure instanceof TypeError && /URL/.test(failure.message))
      return errorAnswer(new AppError("VALIDATION"), request.headers, requestId);
    logError("auth.failed", failure, { requestId });
    return errorAnswer(new AppError("INTERNAL"), request.headers, requestId);
  }
}
