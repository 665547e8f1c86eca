import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/platform/env";
import { isHttps } from "@/lib/platform/request-origin";
import { contentSecurityPolicy, securityHeaders } from "@/lib/platform/security-headers";

/** Headers and the path for the sign-in page's way back. No wall: every loader and route asks for itself. */
export function proxy(request: NextRequest): Response {
  const https = isHttps(request.headers);
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString("base64"),
    https,
    development: env().NODE_ENV === "development",
  });
  const asked = request.nextUrl.clone();
  asked.searchParams.delete("_rsc");

  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nz-path", `${asked.pathname}${asked.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(https)))
    response.headers.set(name, value);
  return response;
}

// Not the API: a body that passes through here is kept whole in memory, before anybody knows who sends it.
export const config = { matcher: "/((?!_next/static|_next/image|api/).*)" };
