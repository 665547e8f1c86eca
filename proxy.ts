import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { addressesOf, methodsAt } from "@/lib/features/open-api/present";
import { contracts } from "@/lib/features/open-api/schema";
import { methodNotAllowed } from "@/lib/platform/answer";
import { env } from "@/lib/platform/env";
import { isHttps } from "@/lib/platform/request-origin";
import { contentSecurityPolicy, securityHeaders } from "@/lib/platform/security-headers";

const addresses = addressesOf(contracts);

/** A wrong method at a known address of the API; the framework itself would answer without a word. */
function refusal(request: NextRequest): Response | null {
  const methods = methodsAt(addresses, request.nextUrl.pathname);
  const wrong = methods.length > 0 && !methods.includes(request.method);
  return wrong ? methodNotAllowed(request.headers, methods) : null;
}

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
  const response = refusal(request) ?? NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(https)))
    response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!_next/static|_next/image).*)" };
