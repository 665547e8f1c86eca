import { join } from "node:path";
import { encode } from "next-auth/jwt";
import type { Contract } from "@/lib/kernel/contract";
import type { RouteHandler } from "@/lib/platform/route";
import type { TestPerson } from "./actors";

type Call = {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  /** Sent as JSON; a string or bytes go out as they are. */
  body?: unknown;
  headers?: Record<string, string>;
};

export type Answer = {
  status: number;
  headers: Headers;
  body: {
    error?: { code: string; message: string; fieldErrors?: Record<string, string[]> };
    [key: string]: unknown;
  };
};

/** The cookie a browser would send for a person's session, whose token is the user name in tests. */
export async function cookieFor(person: TestPerson): Promise<string> {
  const secret = process.env["NEXTAUTH_SECRET"] ?? "";
  return `next-auth.session-token=${await encode({ token: { token: person.username }, secret })}`;
}

/** Calls a route as the framework would, by a person or by nobody. */
export async function call(
  handler: RouteHandler,
  person: TestPerson | null,
  { method = "GET", path = "/api/v1/test", params = {}, body, headers = {} }: Call = {},
): Promise<Answer> {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const request = new Request(`http://nuanzhang.test${path}`, {
    method,
    headers: {
      host: "nuanzhang.test",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(person ? { cookie: await cookieFor(person) } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(text) as Answer["body"]) : { text },
  };
}

/** What answers at a contract's address, found as the framework finds it: by its folder. */
export async function handlerOf({
  method,
  path,
}: Pick<Contract, "method" | "path">): Promise<RouteHandler> {
  const folder = path.replaceAll("{", "[").replaceAll("}", "]");
  const file = join(import.meta.dirname, "../app/api/v1", folder, "route.ts");
  const route = (await import(/* @vite-ignore */ file)) as Record<string, RouteHandler>;
  const handler = route[method];
  if (!handler) throw new Error(`no ${method} ${path}`);
  return handler;
}
